import { keyHeader } from '../../contract/api/common.ts'
import {
  type BatchResult,
  batchAnswer,
  batchBody,
  duplicatesAnswer,
  duplicatesBody,
  recordAnswer,
  recordBody,
  vulnerableAnswer,
  vulnerableQuery,
} from '../../contract/api/record.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { wrongInput } from '../../contract/refusals/wrong-fields.ts'
import { type Commander, commanderOf, requestHash, runCommand } from '../../work/command/run.ts'
import { duplicatesOfRecord } from '../../work/duplicates/duplicates.ts'
import { saveRecord } from '../../work/record/record.ts'
import { pageOfVulnerable } from '../../work/record/vulnerable.ts'
import { secured, signedIn } from '../auth/secured.ts'
import { areaAsked, type Call, call, callRoutes } from '../calls.ts'
import { keyedRequest } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { refusalJson } from '../errors.ts'
import { fault, json, ok } from '../responses.ts'
import { createFormRouter, pageLanguage } from '../router.ts'

const save = secured(
  {
    method: 'post',
    path: '/api/record',
    tags: ['record'],
    summary: 'Record a request, a patient, a vulnerable person, a test or a dose for somebody else',
    request: { headers: keyHeader, body: { required: true, content: json(recordBody) } },
    responses: {
      201: ok('Saved; `likely` names cases that may be the same', recordAnswer),
      400: fault('Fields are wrong'),
      422: fault('The place is not known, or the key was used for another record'),
    },
  },
  'case.record',
)

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
  /** One record of a batch, judged and saved by itself. */
  async function saveOne(c: HubContext, by: Commander, entry: { key: string; record?: unknown }): Promise<BatchResult> {
    try {
      const { data, error } = recordBody.safeParse(entry.record)
      if (error) throw wrongInput('json', error, 'form_wrong')
      const hash = requestHash('POST /api/record', data)
      const request = { key: entry.key, hash, requestId: c.get('requestId') }
      const { status, body } = await runCommand(deps, by, request, (context) => saveRecord(context, data))
      return { key: entry.key, status, body, error: null }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return { key: entry.key, status: error.status, body: null, error: refusalJson(c, error).error }
    }
  }

  const router = createFormRouter(pageLanguage)
    .openapi(save, async (c) => {
      const input = c.req.valid('json')
      const by = commanderOf(await signedIn(c))
      const { body } = await runCommand(deps, by, keyedRequest(c, input), (context) => saveRecord(context, input))
      return c.json(body, 201)
    })
    .openapi(batch, async (c) => {
      const by = commanderOf(await signedIn(c))
      const { account, records } = c.req.valid('json')
      // Keys belong to an account: under another one, what was saved already would be saved again.
      if (account !== undefined && account !== by.account) {
        throw new ApiError('other_account')
      }
      const results: BatchResult[] = []
      for (const entry of records) results.push(await saveOne(c, by, entry))
      return c.json({ results }, 200)
    })
  return callRoutes(deps, calls(deps), router)
}
