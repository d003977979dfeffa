import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { can, mayEver } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import type { Resource } from '../../authorize/resource.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import { type Commander, commanderOf } from '../../work/command/run.ts'
import type { AppDeps, HubContext, HubEnv, ReadRequest } from '../env.ts'
import { refuse } from '../errors.ts'
import { fault } from '../responses.ts'

/** In a route's OpenAPI entry: the action of the table it asks for, or `public`. The route test reads it. */
export const ACTION_KEY = 'x-action'

type Config<P extends string> = Omit<RouteConfig, 'path' | 'middleware'> & { path: P }

const REFUSALS = {
  401: fault('Nobody is signed in'),
  403: fault('The role or area does not allow it'),
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

/** As `secured`, for what may not be done on a screen that somebody has left: who is there proves it again, unless they just have. */
export function provenly<P extends string, R extends Config<P>>(
  config: R & { path: P },
  action: Action,
  resourceOf?: (c: HubContext) => Resource,
) {
  const asked = requires(action, resourceOf)
  return createRoute({
    ...config,
    responses: { ...REFUSALS, ...config.responses },
    [ACTION_KEY]: action,
    middleware: [asked, demandsProof] as const,
  })
}

const demandsProof: MiddlewareHandler<HubEnv> = async (c, next) => {
  const refusal = await c.get('access').owesProof()
  return refusal === undefined ? next() : refuse(c, refusal)
}

/** A route of one's own account, also while its session still owes a second factor: that is how one gets it. */
export function securedEarly<P extends string, R extends Config<P>>(config: R & { path: P }, action: Action) {
  const middleware: MiddlewareHandler<HubEnv> = async (c, next) => {
    const decision = mayEver(await c.get('access').early(), action)
    return decision.allowed ? next() : refuse(c, new ApiError(decision.refusal))
  }
  return createRoute({
    ...config,
    responses: { ...REFUSALS, ...config.responses },
    [ACTION_KEY]: action,
    middleware,
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
    // Answered here: what is thrown would be said in the language of the router's form, if it has one.
    if (!decision.allowed) return refuse(c, new ApiError(decision.refusal))
    const seconds = grant === null ? undefined : await c.get('access').takeTurn(grant)
    if (seconds !== undefined) {
      return refuse(
        c,
        new ApiError(grant?.key ? 'key_too_often' : 'account_too_often', { seconds }, { retryAfter: seconds }),
      )
    }
    return next()
  }
}

/** The grant of somebody who has signed in. @throws ApiError 401 */
export async function signedIn(c: HubContext): Promise<Grant> {
  const grant = await c.get('access').grant()
  if (grant === null) throw new ApiError('unauthenticated')
  return grant
}

/** Whoever has signed in, as commands know them. @throws ApiError 401 */
export async function signedInCommander(c: HubContext): Promise<Commander> {
  const grant = await signedIn(c)
  return commanderOf(grant, c.get('access').origin())
}

/** Which request it was, and from where, for the audit log. */
export const trailOf = (c: HubContext) => ({ requestId: c.get('requestId'), origin: c.get('access').origin() })

/** Who did it, for a row of the audit log. */
export function authorOf(c: HubContext, { account, role }: Grant) {
  return { actor: account, role, ...trailOf(c) }
}

/** @throws ApiError 401 or 403 unless whoever asks may read `what` */
export async function demandReading(deps: Pick<AppDeps, 'mayRead'>, c: HubContext, what: ReadRequest): Promise<void> {
  const verdict = await deps.mayRead(c, what)
  if (verdict === 'unauthenticated') throw new ApiError(verdict)
  if (verdict === 'forbidden') {
    throw new ApiError('not_readable', undefined, { values: { what: 'scope' in what ? what.scope : what.area } })
  }
}
