import { z } from '@hono/zod-openapi'
import { snapshot } from '../../contract/api/situation.ts'
import { isEphemeral, isScope, type Scope, scopeArea } from '../../contract/live/scopes.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import type { AreaDirectory } from '../areas.ts'
import { demandReading, open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'
import { jsonRepresentation, type Representation, sendJson } from '../representation.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const situation = open({
  method: 'get',
  path: '/api/situation',
  tags: ['situation'],
  summary:
    'All cells and rows of a scope, as they are now: the snapshot that /live sends first. In public:NN a count of people of a district that is not among the cells is fewer than 5, and not 0',
  request: {
    query: z.object({
      scope: z
        .string()
        .max(40)
        .default('nation')
        .describe('nation, public:NN; with an account province:NN, board:NN, command:TH, command:NN or alerts'),
    }),
  },
  responses: {
    200: ok('With position (`to`) and checksum (`sum`); the epoch is in X-Situation-Epoch', snapshot),
    304: { description: 'What If-None-Match names still stands' },
    400: fault('There is no such scope'),
    401: fault('Nobody is signed in'),
    403: fault('The role or area does not allow it'),
    503: fault('The first snapshot has not been taken yet'),
  },
})

type Provinces = Pick<AreaDirectory, 'isProvince'>
type Shown = { readonly position: number; readonly epoch: string; readonly body: Promise<Representation> }

export type SituationDeps = Pick<AppDeps, 'situation' | 'sourceState' | 'mayRead'>

export function situationRoutes(deps: SituationDeps, areas: Provinces) {
  /** One body per scope: made once per position for all who ask. Only scopes that exist come here, about 240. */
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
      throw new ApiError('unknown_scope', { scope })
    }
    await demandReading(deps, c, { scope })
    demandReady(deps)
    const { epoch, body } = bodyOf(scope)
    const headers = { 'Cache-Control': 'no-cache', 'X-Situation-Epoch': epoch }
    return sendJson<z.infer<typeof snapshot>>(c, await body, headers)
  })
}

/** What passes lives on the carriers only; a scope of a province that does not exist would be kept for ever. */
async function exists(scope: Scope, areas: Provinces): Promise<boolean> {
  if (scopeArea(scope) === NATION) return true
  const [, code = ''] = scope.split(':')
  return !isEphemeral(scope) && (await areas.isProvince(code))
}
