import { thresholdAnswer, thresholdBody, thresholdParams } from '../../contract/api/thresholds.ts'
import { listThresholds, setThreshold } from '../../work/thresholds/thresholds.ts'
import { secured } from '../auth/secured.ts'
import { callOf, callRoutes } from '../calls.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok, taken } from '../responses.ts'
import { createRouter } from '../router.ts'

const list = callOf('operation')(
  'GET /api/thresholds',
  {
    action: 'threshold.set',
    summary: 'From where each indicator is worth a look, and an alarm: as set, or by default',
    says: 'All of them',
  },
  async ({ trx }) => ({ thresholds: await listThresholds(trx) }),
)

const set = secured(
  {
    method: 'put',
    path: '/api/thresholds/{indicator}',
    tags: ['operation'],
    summary: 'Set the thresholds of an indicator, live on every screen; 422 when no value, or every value, reaches one',
    request: { params: thresholdParams, body: taken(thresholdBody) },
    responses: {
      200: ok('As it is now', thresholdAnswer),
      400: fault('There is no such indicator, or a field is wrong'),
      422: fault('Not possible: `code` says why, `details` the range of the indicator'),
    },
  },
  'threshold.set',
)

export function thresholdRoutes(deps: AppDeps) {
  const router = createRouter().openapi(set, async (c) => {
    const { indicator } = c.req.valid('param')
    const wanted = c.req.valid('json')
    const done = await withCommander(deps, c, (context) => setThreshold(context, indicator, wanted))
    c.get('log')().info(done, 'thresholds were set')
    return c.json(done, 200)
  })
  return callRoutes(deps, [list], router)
}
