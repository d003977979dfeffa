import type { z } from '@hono/zod-openapi'
import { withAccount } from '../../../db/queries/rls.ts'
import { lateAnswer, lateQuery } from '../../contract/api/late.ts'
import type { Cells } from '../../contract/indicators/cells.ts'
import { applyDelta, cellKey, emptyScope, operationDay } from '../../contract/live/apply.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { listLate } from '../../work/reports/late.ts'
import { secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const late = secured(
  {
    method: 'get',
    path: '/api/late',
    tags: ['reports'],
    summary: 'Who has not reported, by name: provinces and their numbers of the day, facilities past their deadline',
    request: { query: lateQuery },
    responses: {
      200: ok('A page of facilities, and all provinces', lateAnswer),
      400: fault('The request is wrong'),
      503: fault('The first snapshot has not been taken yet'),
    },
  },
  'report.read',
  (c) => ({ area: c.req.query('area') ?? '' }),
)

/** The nation's cells as every screen has them, made once per position. */
function nationReader(situation: AppDeps['situation']) {
  let held = { epoch: '', position: -1, state: emptyScope('nation') }
  return () => {
    const { epoch, position } = situation
    if (held.epoch !== epoch || held.position !== position) {
      const state = emptyScope('nation')
      applyDelta(state, situation.since('nation', 0))
      held = { epoch, position, state }
    }
    return held.state
  }
}

export function lateRoutes(deps: AppDeps) {
  const nation = nationReader(deps.situation)
  return createRouter().openapi(late, async (c) => {
    const { area, day, cursor, limit } = c.req.valid('query')
    const by = await signedIn(c)
    const today = deps.situation.epoch === '' ? undefined : (day ?? operationDay(nation().rows))
    if (today === undefined) {
      const why = deps.sourceState().error ?? 'The hub has not taken its first snapshot yet.'
      throw new ApiError('not_ready', undefined, { values: { why }, retryAfter: 1 })
    }
    const { cells: held } = nation()
    const cells: Cells = (column, code) => held.get(cellKey(column, code)) ?? 0
    const answer = await withAccount(deps.db, by, (trx) => listLate(trx, cells, { area, day: today, cursor, limit }))
    return c.json(answer as z.infer<typeof lateAnswer>, 200)
  })
}
