import { z } from '@hono/zod-openapi'
import { withAccount } from '../../db/queries/rls.ts'
import { caseParams, keyHeader } from '../contract/api/common.ts'
import { facilityParams } from '../contract/api/reports.ts'
import { type GivenAnswerOf, type ReadBodyOf, ROUTES, type Route, type RouteShape } from '../contract/api/routes.ts'
import { ApiError } from '../contract/refusals/api-error.ts'
import type { Action } from '../contract/vocabulary/actions.ts'
import { type CommandContext, type Request, requestHash, runCommand } from '../work/command/run.ts'
import { secured, signedInCommander } from './auth/secured.ts'
import type { AppDeps, HubContext } from './env.ts'
import { fault, json, ok } from './responses.ts'
import { createRouter } from './router.ts'

const KEY = /^[\x21-\x7e]{8,200}$/

/** The header Idempotency-Key, of clients that may leave it out. @throws ApiError 400 when it is no key. */
export function givenKey(c: HubContext): string | undefined {
  const key = c.req.header('Idempotency-Key')
  if (key !== undefined && !KEY.test(key)) throw new ApiError('idempotency_key')
  return key
}

/** @throws ApiError 400 when the header Idempotency-Key is missing or no key. */
export function keyedRequest(c: HubContext, body: unknown): Request {
  const key = givenKey(c)
  if (key === undefined) throw new ApiError('idempotency_key')
  return { key, hash: requestHash(`${c.req.method} ${c.req.path}`, body), requestId: c.get('requestId') }
}

/** A look at what an account may see: one transaction under its row-level security, and no key, for it may be repeated. */
export async function withCommander<T>(
  deps: AppDeps,
  c: HubContext,
  work: (context: CommandContext) => Promise<T>,
): Promise<T> {
  const by = await signedInCommander(c)
  const now = deps.clock.now()
  const requestId = c.get('requestId')
  const { leases } = deps.caseWork
  return withAccount(deps.db, by, (trx) => work({ trx, by, now, at: new Date(now), key: requestId, requestId, leases }))
}

/** What any command may be refused with. */
const FAULTS = {
  400: fault('Fields are wrong, or the header Idempotency-Key is missing'),
  404: fault('There is no such thing, or it lies outside your area'),
  409: fault('Not possible now: `code` says why, `details` who has it and since when'),
  422: fault('A value is not possible, or the key was used for another request'),
}

/** One row of a table of commands; what goes in and comes out of it stands in the contract. */
export type Command = {
  readonly route: Route
  readonly tag: string
  readonly action: Action
  readonly summary: string
  /** 201 when each makes something new */
  readonly status: 200 | 201
  /** @param id of the path: of a case, need, transfer or facility; 0 when it names none */
  readonly work: (context: CommandContext, id: number, body: never) => Promise<unknown>
  /** what is told with the answer, each time it is, and not kept under the key */
  readonly tell?: (context: CommandContext, id: number) => Promise<object>
}

/** Makes the rows of a tag: their work gets the body and owes the answer of the route. */
export const commandOf =
  (tag: string) =>
  <R extends Route>(
    route: R,
    action: Action,
    summary: string,
    work: (context: CommandContext, id: number, body: ReadBodyOf<R>) => Promise<GivenAnswerOf<R>>,
    status: 200 | 201 = 200,
  ): Command => ({ route, tag, action, summary, work, status })

/** A command whose answer has something personal in it, which is not kept for whoever sends it again: it is told anew. */
export const tellingOf =
  (tag: string) =>
  <R extends Route, Told extends object>(
    command: { readonly route: R; readonly action: Action; readonly summary: string },
    work: (context: CommandContext, id: number, body: ReadBodyOf<R>) => Promise<Omit<GivenAnswerOf<R>, keyof Told>>,
    tell: (context: CommandContext, id: number) => Promise<Told>,
  ): Command => ({ ...command, tag, status: 200, work, tell })

/** Method, path, parameters, body and answer of a route. */
export function contractOf(route: Route) {
  const [method = '', path = ''] = route.split(' ')
  const { body, answer } = ROUTES[route] as RouteShape
  if (answer === null) throw new Error(`${route} answers nothing`)
  const ids = path.startsWith('/api/facilities/') ? facilityParams : caseParams
  return { method: method.toLowerCase() as 'get', path, params: path.includes('{id}') ? ids : undefined, body, answer }
}

/**
 * Registers commands: POST with an idempotency key, carried out once. The body is demanded, so it is validated whatever
 * its content type says.
 */
export function commandRoutes(deps: AppDeps, commands: readonly Command[], router = createRouter()) {
  for (const { route: name, tag, action, summary, work, status, tell } of commands) {
    const { method, path, params, body, answer } = contractOf(name)
    const route = secured(
      {
        method,
        path,
        tags: [tag],
        summary,
        request: {
          params: params ?? z.object({}),
          headers: keyHeader,
          body: { required: true, content: json(body ?? z.never()) },
        },
        responses: { [status]: ok(summary, answer), ...FAULTS },
      },
      action,
    )
    router.openapi(route, async (c) => {
      const { id = 0 } = c.req.valid('param') as { id?: number }
      const input = c.req.valid('json')
      const by = await signedInCommander(c)
      const done = await runCommand(deps, by, keyedRequest(c, input), async (context) => ({
        status,
        body: await work(context, id, input as never),
      }))
      const told = tell && (await withCommander(deps, c, (context) => tell(context, id)))
      return c.json({ ...(done.body as object), ...told }, status) as never
    })
  }
  return router
}
