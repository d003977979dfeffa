import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { can, type Decision, mayEver } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { Resource } from '../../authorize/resource.ts'
import { errorBody } from '../../contract/api/error.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import type { HubContext, HubEnv } from '../env.ts'
import { apiError } from '../errors.ts'

/** In a route's OpenAPI entry: the action of the table it asks for, or `public`. The route test reads it. */
export const ACTION_KEY = 'x-action'

type Config<P extends string> = Omit<RouteConfig, 'path' | 'middleware'> & { path: P }

const REFUSALS = {
  401: { description: 'Nobody is signed in', content: { 'application/json': { schema: errorBody } } },
  403: { description: 'The role or area does not allow it', content: { 'application/json': { schema: errorBody } } },
}

/**
 * A route that asks the authorisation table. Without `resourceOf`, the middleware asks only whether the role may do
 * this anywhere at all, and the handler must `demand` it of the resource itself, once it has read it.
 */
export function secured<P extends string, R extends Config<P>>(
  config: R & { path: P },
  action: Action,
  resourceOf?: (c: HubContext) => Resource,
) {
  return createRoute({
    ...config,
    responses: { ...REFUSALS, ...config.responses },
    [ACTION_KEY]: action,
    middleware: requires(action, resourceOf),
  })
}

/** A route for everybody, with or without a session. */
export function open<P extends string, R extends Config<P>>(config: R & { path: P }) {
  return createRoute({ ...config, [ACTION_KEY]: 'public' })
}

/** The middleware behind `secured`, for routes outside OpenAPI: those must stand in the list of the route test. */
export function requires(action: Action, resourceOf?: (c: HubContext) => Resource): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    const grant = await c.get('access').grant()
    const decision = resourceOf === undefined ? mayEver(grant, action) : can(grant, action, resourceOf(c))
    if (!decision.allowed) return refuse(c, decision)
    const wait = grant === null ? undefined : await c.get('access').takeTurn(grant)
    if (wait !== undefined) {
      c.header('Retry-After', String(wait))
      return apiError(c, 429, 'too_many_requests', `This account asks too often; try again in ${wait} s.`, {
        seconds: wait,
      })
    }
    return next()
  }
}

/** @throws HTTPException 401 or 403, answered in the API's error shape. */
export function demand(grant: Grant | null, action: Action, resource: Resource): void {
  const decision = can(grant, action, resource)
  if (!decision.allowed) throw new HTTPException(status(decision), { message: decision.reason })
}

/** The grant of somebody who has signed in. @throws HTTPException 401 */
export async function signedIn(c: HubContext): Promise<Grant> {
  const grant = await c.get('access').grant()
  if (grant === null) throw new HTTPException(401, { message: 'Sign in first.' })
  return grant
}

type Refusal = Extract<Decision, { allowed: false }>

const status = (refusal: Refusal) => (refusal.code === 'unauthenticated' ? 401 : 403)

function refuse(c: HubContext, refusal: Refusal) {
  return apiError(c, status(refusal), refusal.code, refusal.reason)
}
