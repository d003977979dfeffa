import { thresholdAnswer, thresholdBody, thresholdParams, thresholdsAnswer } from '../../contract/api/thresholds.ts'
import { listThresholds, setThreshold } from '../../work/thresholds/thresholds.ts'
import { secured } from '../auth/secured.ts'
import { call, callRoutes } from '../calls.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, json, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const CALLS = [
  call({
    path: '/api/thresholds',
    action: 'threshold.set',
    tag: 'operation',
    summary: 'From where each indicator is worth a look, and an alarm: as set, or by default',
    says: 'All of them',
    answer: thresholdsAnswer,
    work: async ({ trx }) => ({ thresholds: await listThresholds(trx) }),
  }),
]

const set = secured(
  {
    method: 'put',
    path: '/api/thresholds/{indicator}',
    tags: ['operation'],
    summary: 'Set the thresholds of an indicator, live on every screen; 422 when no value, or every value, reaches one',
    request: { params: thresholdParams, body: { required: true, content: json(thresholdBody) } },
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
  return callRoutes(deps, CALLS, router)
}
