import type { z } from '@hono/zod-openapi'
import type { Resource } from '../authorize/resource.ts'
import type { Action } from '../contract/vocabulary/actions.ts'
import type { Limit } from '../runtime/limits.ts'
import type { CommandContext } from '../work/command/run.ts'
import { formMustWait } from '../work/command/turns.ts'
import { secured, signedIn } from './auth/secured.ts'
import { withCommander } from './commands.ts'
import type { AppDeps, HubContext } from './env.ts'
import { fault, json, NO_STORE, ok } from './responses.ts'
import { createRouter } from './router.ts'

/** What a schema says, as rows give it. */
type Said<T> = T extends readonly (infer E)[]
  ? readonly Said<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Said<T[K]> }
    : T

type Options<Q extends z.ZodType, A extends z.ZodType> = {
  /** `post` where neither an address nor a log may show what is asked for */
  readonly method?: 'get' | 'post' | 'put' | 'delete'
  readonly path: string
  readonly action: Action
  /** of what the table is asked before anything is read; without it the work demands it itself */
  readonly resource?: (c: HubContext) => Resource
  readonly tag: string
  readonly summary: string
  readonly params?: z.ZodObject
  /** the query of a GET, else the body */
  readonly asks?: Q
  /** what the answer is, in a word or two */
  readonly says: string
  readonly answer: A
  readonly faults?: Readonly<Record<number, string>>
  /** of an account; who is over it waits */
  readonly limit?: Limit
  /** @param id of the path; 0 when it names none */
  readonly work: (context: CommandContext, id: number, asked: z.output<Q>) => Promise<Said<z.input<A>>>
}

/** One row of a table of calls. */
export type Call = Options<z.ZodType, z.ZodType>

/** A row whose work gets what is asked for by its type, and owes the answer by its type. */
export const call = <Q extends z.ZodType, A extends z.ZodType>(options: Options<Q, A>) => options as unknown as Call

/** The resource of a call that names an area in its query. */
export const areaAsked = (c: HubContext): Resource => ({ area: c.req.query('area') ?? '' })

/** Registers calls: what may be repeated, so without a key, in one transaction that sees what the caller may see. */
export function callRoutes(deps: AppDeps, calls: readonly Call[], router = createRouter()) {
  for (const { method = 'get', path, action, resource, params, asks, limit, work, ...about } of calls) {
    const faults = Object.entries({ ...(asks && { 400: 'The request is wrong' }), ...about.faults })
    const route = secured(
      {
        method,
        path,
        tags: [about.tag],
        summary: about.summary,
        request: {
          ...(params && { params }),
          ...(asks &&
            (method === 'get' ? { query: asks as z.ZodObject } : { body: { required: true, content: json(asks) } })),
        },
        responses: {
          200: ok(about.says, about.answer),
          ...Object.fromEntries(faults.map(([status, why]) => [status, fault(why)])),
        },
      },
      action,
      resource,
    )
    router.openapi(route, async (c) => {
      const { id = 0 } = (params ? c.req.valid('param' as never) : {}) as { id?: number }
      const asked: unknown = asks && c.req.valid((method === 'get' ? 'query' : 'json') as never)
      if (limit) formMustWait(await limit.take((await signedIn(c)).account))
      return c.json((await withCommander(deps, c, (context) => work(context, id, asked))) as object, 200, NO_STORE)
    })
  }
  return router
}
