import { withAccount } from '../../../db/queries/rls.ts'
import { thresholdAnswer, thresholdBody, thresholdParams, thresholdsAnswer } from '../../contract/api/thresholds.ts'
import { listThresholds, setThreshold } from '../../work/thresholds/thresholds.ts'
import { authorOf, secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, json, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const list = secured(
  {
    method: 'get',
    path: '/api/thresholds',
    tags: ['operation'],
    summary: 'From where each indicator is worth a look, and an alarm: as set, or by default',
    responses: { 200: ok('All of them', thresholdsAnswer) },
  },
  'threshold.set',
)

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

export function thresholdRoutes({ db }: AppDeps) {
  return createRouter()
    .openapi(list, async (c) => {
      const thresholds = await withAccount(db, await signedIn(c), listThresholds)
      return c.json({ thresholds }, 200)
    })
    .openapi(set, async (c) => {
      const by = await signedIn(c)
      const { indicator } = c.req.valid('param')
      const wanted = c.req.valid('json')
      const done = await withAccount(db, by, (trx) => setThreshold(trx, authorOf(c, by), indicator, wanted))
      c.get('log')().info(done, 'thresholds were set')
      return c.json(done, 200)
    })
}
