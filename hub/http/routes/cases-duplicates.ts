import { readCase } from '../../../db/queries/cases.ts'
import { readPerson } from '../../../db/queries/people.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { can } from '../../authorize/decide.ts'
import { demand } from '../../authorize/demand.ts'
import { caseParams } from '../../contract/api/common.ts'
import { duplicatesAnswer } from '../../contract/api/record.ts'
import { notFound } from '../../work/command/refusals.ts'
import { likelyDuplicates } from '../../work/duplicates/duplicates.ts'
import { secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'
import { formMustWait } from '../turns.ts'

const duplicates = secured(
  {
    method: 'get',
    path: '/api/cases/{id}/duplicates',
    tags: ['cases'],
    summary:
      'Cases that are likely the same, for whoever may merge both: why they are alike, and nothing of the person',
    request: { params: caseParams },
    responses: {
      200: ok('The likely ones', duplicatesAnswer),
      404: fault('No such case in your area'),
      429: fault('Asked too often; wait as long as Retry-After says'),
    },
  },
  'case.merge',
)

export function caseDuplicateRoutes(deps: AppDeps) {
  return createRouter().openapi(duplicates, async (c) => {
    const { id } = c.req.valid('param')
    const grant = await signedIn(c)
    formMustWait(await deps.caseWork.limits.duplicateChecks.take(grant.account))
    const likely = await withAccount(deps.db, grant, async (trx) => {
      const facts = await readCase(trx, id)
      if (facts === undefined) throw notFound('case', id)
      demand(grant, 'case.merge', { area: facts.district })
      const person = await readPerson(trx, id)
      const record = {
        phone: person?.phone ?? null,
        name: person?.full_name ?? null,
        idNumber: person?.id_number ?? null,
        district: facts.district,
        place: facts.place,
        at: facts.reported_at.getTime(),
      }
      const shown = async ({ district }: { district: string }) => can(grant, 'case.merge', { area: district }).allowed
      return likelyDuplicates(trx, record, id, shown)
    })
    return c.json({ likely }, 200, NO_STORE)
  })
}
