import type { z } from '@hono/zod-openapi'
import type { Resource } from '../authorize/resource.ts'
import type { GivenAnswerOf, ReadBodyOf, Route } from '../contract/api/routes.ts'
import type { Action } from '../contract/vocabulary/actions.ts'
import type { Limit } from '../runtime/limits.ts'
import type { CommandContext } from '../work/command/run.ts'
import { formMustWait } from '../work/command/turns.ts'
import { secured, signedIn } from './auth/secured.ts'
import { contractOf, withCommander } from './commands.ts'
import type { AppDeps, HubContext } from './env.ts'
import { fault, NO_STORE, ok, taken } from './responses.ts'
import { createRouter } from './router.ts'

type About<Q extends z.ZodType> = {
  readonly action: Action
  /** of what the table is asked before anything is read; without it the work demands it itself */
  readonly resource?: (c: HubContext) => Resource
  readonly summary: string
  /** the query of a GET */
  readonly asks?: Q
  /** what the answer is, in a word or two */
  readonly says: string
  readonly faults?: Readonly<Record<number, string>>
  /** of an account; who is over it waits */
  readonly limit?: Limit
}

/** One row of a table of calls; what goes in and comes out of it stands in the contract. */
export type Call = About<z.ZodType> & {
  readonly route: Route
  readonly tag: string
  /** @param id of the path; 0 when it names none. @param asked the query, or the body */
  readonly work: (context: CommandContext, id: number, asked: never) => Promise<unknown>
}

type Asked<R extends Route, Q extends z.ZodType> = R extends `GET ${string}` ? z.output<Q> : ReadBodyOf<R>

/** Makes the rows of a tag: their work gets what is asked and owes the answer of the route. */
export const callOf =
  (tag: string) =>
  <R extends Route, Q extends z.ZodType>(
    route: R,
    about: About<Q>,
    work: (context: CommandContext, id: number, asked: Asked<R, Q>) => Promise<GivenAnswerOf<R>>,
  ): Call => ({ ...about, route, tag, work })

/** The resource of a call that names an area in its query. */
export const areaAsked = (c: HubContext): Resource => ({ area: c.req.query('area') ?? '' })

/** Registers calls: what may be repeated, so without a key, in one transaction that sees what the caller may see. */
export function callRoutes(deps: AppDeps, calls: readonly Call[], router = createRouter()) {
  for (const { route: name, tag, action, resource, summary, asks, says, faults, limit, work } of calls) {
    const { method, path, params, body, answer } = contractOf(name)
    const refusals = Object.entries({ ...((asks ?? body) && { 400: 'The request is wrong' }), ...faults })
    const route = secured(
      {
        method,
        path,
        tags: [tag],
        summary,
        request: {
          ...(params && { params }),
          ...(asks && { query: asks as z.ZodObject }),
          ...(body && { body: taken(body) }),
        },
        responses: {
          200: ok(says, answer),
          ...Object.fromEntries(refusals.map(([status, why]) => [status, fault(why)])),
        },
      },
      action,
      resource,
    )
    router.openapi(route, async (c) => {
      const { id = 0 } = (params ? c.req.valid('param' as never) : {}) as { id?: number }
      const asked = (asks && c.req.valid('query' as never)) ?? (body && c.req.valid('json' as never))
      if (limit) formMustWait(await limit.take((await signedIn(c)).account))
      const done = await withCommander(deps, c, (context) => work(context, id, asked as never))
      return c.json(done as object, 200, NO_STORE)
    })
  }
  return router
}
