import { z } from '@hono/zod-openapi'
import { isEphemeral, isScope, type Scope } from '../../contract/live/scopes.ts'
import type { AreaDirectory } from '../areas.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { apiError, errorBody } from '../errors.ts'
import { jsonRepresentation, type Representation, sendJson } from '../representation.ts'
import { createRouter } from '../router.ts'

const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
const answers = (description: string) => ({ description, content: json(errorBody) })

/** The body is the wire's delta with `from: 0`; its own schema is hub/contract/live/messages.ts, for PROTOCOL.md. */
const snapshot = z
  .object({
    t: z.literal('delta'),
    s: z.string(),
    from: z.literal(0),
    to: z.number().int(),
    sum: z.number().int(),
    at: z.number(),
    c: z.array(z.array(z.union([z.string(), z.number()]))),
    r: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    x: z.array(z.string()),
  })
  .meta({ id: 'Snapshot' })

const situation = open({
  method: 'get',
  path: '/api/situation',
  tags: ['situation'],
  summary: 'All cells and rows of a scope, as they are now: the snapshot that /live sends first',
  request: {
    query: z.object({
      scope: z.string().max(40).default('nation').describe('nation, alerts, province:NN or board:NN'),
    }),
  },
  responses: {
    200: {
      description: 'With position (`to`) and checksum (`sum`); the epoch is in X-Situation-Epoch',
      content: json(snapshot),
    },
    304: { description: 'What If-None-Match names still stands' },
    400: answers('There is no such scope'),
    401: answers('Nobody is signed in'),
    403: answers('The role or area does not allow it'),
    503: answers('The first snapshot has not been taken yet'),
  },
})

type Shown = { readonly position: number; readonly epoch: string; readonly body: Promise<Representation> }

export function situationRoutes(deps: AppDeps, areas: AreaDirectory) {
  /** One body per scope: made once per position for all who ask. Only scopes that exist come here, about 160. */
  const shown = new Map<Scope, Shown>()

  function bodyOf(scope: Scope): Shown {
    const { position, epoch } = deps.situation
    const held = shown.get(scope)
    if (held?.position === position && held.epoch === epoch) return held
    const delta = deps.situation.since(scope, 0)
    const body = jsonRepresentation(delta, `${delta.to}-${delta.sum.toString(16)}`)
    const fresh = { position, epoch, body }
    shown.set(scope, fresh)
    return fresh
  }

  return createRouter().openapi(situation, async (c) => {
    const { scope } = c.req.valid('query')
    if (!isScope(scope) || !(await exists(scope, areas))) {
      return apiError(
        c,
        400,
        'unknown_scope',
        `There is no scope ${scope}. Take nation, alerts, province:NN or board:NN.`,
        { scope },
      )
    }
    const verdict = await deps.mayRead(c, { scope })
    if (verdict === 'unauthenticated') return apiError(c, 401, verdict, 'Sign in first.')
    if (verdict === 'forbidden') return apiError(c, 403, verdict, `Your role or area does not include ${scope}.`)
    if (deps.situation.position === 0) {
      c.header('Retry-After', '1')
      return apiError(c, 503, 'not_ready', deps.sourceState().error ?? 'The hub has not taken its first snapshot yet.')
    }
    const { epoch, body } = bodyOf(scope)
    const headers = { 'Cache-Control': 'no-cache', 'X-Situation-Epoch': epoch }
    return sendJson<z.infer<typeof snapshot>>(c, await body, headers)
  })
}

/** What passes lives on the carriers only; a scope of a province that does not exist would be kept for ever. */
async function exists(scope: Scope, areas: AreaDirectory): Promise<boolean> {
  if (scope === 'nation' || scope === 'alerts') return true
  const [, code = ''] = scope.split(':')
  return !isEphemeral(scope) && (await areas.isProvince(code))
}
