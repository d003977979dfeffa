import type { z } from '@hono/zod-openapi'
import { withAccount } from '../../../db/queries/rls.ts'
import { lateAnswer, lateQuery } from '../../contract/api/late.ts'
import type { Cells } from '../../contract/indicators/cells.ts'
import { listLate } from '../../work/reports/late.ts'
import { secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'
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

export function lateRoutes(deps: AppDeps) {
  return createRouter().openapi(late, async (c) => {
    const { area, day, cursor, limit } = c.req.valid('query')
    const by = await signedIn(c)
    demandReady(deps)
    const { situation } = deps
    const cells: Cells = (column, code) => situation.cell(column, code)
    const asked = { area, day: day ?? situation.today, cursor, limit }
    const answer = await withAccount(deps.db, by, (trx) => listLate(trx, cells, asked))
    return c.json(answer as z.infer<typeof lateAnswer>, 200)
  })
}
