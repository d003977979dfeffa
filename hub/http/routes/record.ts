import { batchAnswer, batchBody, vulnerableQuery } from '../../contract/api/record.ts'
import type { ApiError } from '../../contract/refusals/api-error.ts'
import { duplicatesOfRecord } from '../../work/duplicates/duplicates.ts'
import { saveBatch } from '../../work/record/batch.ts'
import { saveRecord } from '../../work/record/record.ts'
import { callVulnerable, pageOfVulnerable, revealVulnerable } from '../../work/record/vulnerable.ts'
import { secured, signedInCommander } from '../auth/secured.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { refusalJson } from '../errors.ts'
import { fault, ok, taken } from '../responses.ts'
import { createFormRouter, pageLanguage } from '../router.ts'

const save = commandOf('record')(
  'POST /api/record',
  'case.record',
  'Record a request, a patient, a vulnerable person, a test or a dose for somebody else',
  (context, _, record) => saveRecord(context, record),
  201,
)

const callPerson = commandOf('record')(
  'POST /api/vulnerable/{id}/calls',
  'vulnerable.record',
  'A call or a visit to somebody of the register: result, doses, when to call again',
  callVulnerable,
)

const batch = secured(
  {
    method: 'post',
    path: '/api/record/batch',
    tags: ['record'],
    summary: 'The offline queue: up to 100 records, each with its own key and its own result, in order',
    request: { body: taken(batchBody) },
    responses: {
      200: ok('One result per record', batchAnswer),
      400: fault('The batch itself is wrong'),
      409: fault('The records are another account’s'),
    },
  },
  'case.record',
)

const call = callOf('record')

const calls = ({ caseWork }: AppDeps) => [
  call(
    'POST /api/record/duplicates',
    {
      action: 'case.record',
      summary: 'Cases of your area that are likely the same person: before saving; no names come back',
      says: 'The likely ones',
      faults: { 400: 'Fields are wrong', 422: 'The place is not known', 429: 'Too many checks' },
      limit: caseWork.limits.duplicateChecks,
    },
    (context, _, input) => duplicatesOfRecord(context, input),
  ),
  call(
    'GET /api/vulnerable',
    {
      action: 'vulnerable.record',
      resource: areaAsked,
      summary: 'The register of the vulnerable (608) of an area, without names',
      asks: vulnerableQuery,
      says: 'A page',
    },
    (context, _, query) => pageOfVulnerable(context, query),
  ),
  call(
    'POST /api/vulnerable/{id}/reveal',
    {
      action: 'vulnerable.reveal',
      summary: 'Name, phones, place, notes of somebody of the register; each time an audit row',
      says: 'The personal data',
      faults: { 404: 'No such entry in your area' },
    },
    revealVulnerable,
  ),
]

export function recordRoutes(deps: AppDeps) {
  const router = createFormRouter(pageLanguage).openapi(batch, async (c) => {
    const by = await signedInCommander(c)
    const say = (refusal: ApiError) => refusalJson(c, refusal).error
    return c.json(await saveBatch(deps, { by, requestId: c.get('requestId'), say }, c.req.valid('json')), 200)
  })
  return commandRoutes(deps, [save, callPerson], callRoutes(deps, calls(deps), router))
}
