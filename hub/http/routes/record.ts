import { z } from '@hono/zod-openapi'
import {
  batchAnswer,
  batchBody,
  duplicatesAnswer,
  duplicatesBody,
  recordAnswer,
  recordBody,
  vulnerableAnswer,
  vulnerableQuery,
} from '../../contract/api/record.ts'
import type { ApiError } from '../../contract/refusals/api-error.ts'
import { commanderOf } from '../../work/command/run.ts'
import { duplicatesOfRecord } from '../../work/duplicates/duplicates.ts'
import { saveBatch } from '../../work/record/batch.ts'
import { saveRecord } from '../../work/record/record.ts'
import { pageOfVulnerable } from '../../work/record/vulnerable.ts'
import { secured, signedIn } from '../auth/secured.ts'
import { areaAsked, type Call, call, callRoutes } from '../calls.ts'
import { command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { refusalJson } from '../errors.ts'
import { fault, json, ok } from '../responses.ts'
import { createFormRouter, pageLanguage } from '../router.ts'

const COMMANDS = [
  command({
    path: '/api/record',
    action: 'case.record',
    tag: 'record',
    summary: 'Record a request, a patient, a vulnerable person, a test or a dose for somebody else',
    params: z.object({}),
    body: recordBody,
    status: 201,
    answer: recordAnswer,
    work: (context, _, record) => saveRecord(context, record),
  }),
]

const batch = secured(
  {
    method: 'post',
    path: '/api/record/batch',
    tags: ['record'],
    summary: 'The offline queue: up to 100 records, each with its own key and its own result, in order',
    request: { body: { required: true, content: json(batchBody) } },
    responses: {
      200: ok('One result per record', batchAnswer),
      400: fault('The batch itself is wrong'),
      409: fault('The records are another account’s'),
    },
  },
  'case.record',
)

const calls = ({ caseWork }: AppDeps): readonly Call[] => [
  call({
    method: 'post',
    path: '/api/record/duplicates',
    action: 'case.record',
    tag: 'record',
    summary: 'Cases of your area that are likely the same person: before saving; no names come back',
    asks: duplicatesBody,
    says: 'The likely ones',
    answer: duplicatesAnswer,
    faults: { 400: 'Fields are wrong', 422: 'The place is not known', 429: 'Too many checks' },
    limit: caseWork.limits.duplicateChecks,
    work: (context, _, input) => duplicatesOfRecord(context, input),
  }),
  call({
    path: '/api/vulnerable',
    action: 'vulnerable.record',
    resource: areaAsked,
    tag: 'record',
    summary: 'The register of the vulnerable (608) of an area, without names',
    asks: vulnerableQuery,
    says: 'A page',
    answer: vulnerableAnswer,
    work: (context, _, query) => pageOfVulnerable(context, query),
  }),
]

export function recordRoutes(deps: AppDeps) {
  const router = createFormRouter(pageLanguage).openapi(batch, async (c) => {
    const by = commanderOf(await signedIn(c))
    const say = (refusal: ApiError) => refusalJson(c, refusal).error
    return c.json(await saveBatch(deps, { by, requestId: c.get('requestId'), say }, c.req.valid('json')), 200)
  })
  return commandRoutes(deps, COMMANDS, callRoutes(deps, calls(deps), router))
}
