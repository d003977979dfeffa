import {
  caseAnswer,
  casesAnswer,
  casesQuery,
  complaintAnswer,
  eventsAnswer,
  eventsQuery,
  revealAnswer,
} from '../../contract/api/cases.ts'
import { caseParams } from '../../contract/api/common.ts'
import { presenceAnswer } from '../../contract/api/presence.ts'
import { duplicatesAnswer } from '../../contract/api/record.ts'
import { searchAnswer, searchBody } from '../../contract/api/search.ts'
import { historyOf } from '../../work/cases/case-history.ts'
import { pageOfCases } from '../../work/cases/case-list.ts'
import { readComplaint } from '../../work/cases/complaint.ts'
import { lookAt, lookAway } from '../../work/cases/presence.ts'
import { revealCase } from '../../work/cases/reveal.ts'
import { searchCases } from '../../work/cases/search.ts'
import { showCase } from '../../work/cases/show-case.ts'
import { duplicatesOfCase } from '../../work/duplicates/duplicates.ts'
import { areaAsked, type Call, call, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const tag = 'cases'
const NO_CASE = { 404: 'No such case in your area' }
const ofCase = { tag, params: caseParams, faults: NO_CASE }

const calls = ({ caseWork }: AppDeps): readonly Call[] => [
  call({
    path: '/api/cases',
    action: 'case.read',
    resource: areaAsked,
    tag,
    summary: 'Cases of an area without personal data: a board, or the list behind a number; pages by cursor',
    asks: casesQuery,
    says: 'A page',
    answer: casesAnswer,
    work: (context, _, query) => pageOfCases(context, query),
  }),
  call({
    ...ofCase,
    path: '/api/cases/{id}',
    action: 'case.read',
    summary: 'One case without personal data, its needs, transfer and contacts, and what you may do',
    says: 'The case',
    answer: caseAnswer,
    work: showCase,
  }),
  call({
    ...ofCase,
    path: '/api/cases/{id}/events',
    action: 'case.read',
    summary: 'The history of a case and of those merged into it, oldest or newest first; pages by cursor',
    asks: eventsQuery,
    says: 'A page',
    answer: eventsAnswer,
    work: historyOf,
  }),
  call({
    method: 'post',
    path: '/api/cases/search',
    action: 'case.search',
    tag,
    summary: 'Cases of your area by tracking code or phone; each time an audit row',
    asks: searchBody,
    says: 'What was found',
    answer: searchAnswer,
    faults: { 400: 'It is neither a tracking code nor a phone number' },
    work: (context, _, { text }) => searchCases(context, caseWork, text),
  }),
  call({
    ...ofCase,
    method: 'post',
    path: '/api/cases/{id}/complaint',
    action: 'case.complaint',
    summary: 'Symptoms, oxygen saturation, risks, age: for those who triage or hold; each time an audit row',
    says: 'What the person said',
    answer: complaintAnswer,
    work: readComplaint,
  }),
  call({
    ...ofCase,
    method: 'post',
    path: '/api/cases/{id}/reveal',
    action: 'case.reveal',
    summary: 'Name, phone, papers, exact place, notes: for the holder or their supervisor; each time an audit row',
    says: 'The personal data',
    answer: revealAnswer,
    work: revealCase,
  }),
  call({
    ...ofCase,
    path: '/api/cases/{id}/duplicates',
    action: 'case.merge',
    summary:
      'Cases that are likely the same, for whoever may merge both: why they are alike, and nothing of the person',
    says: 'The likely ones',
    answer: duplicatesAnswer,
    faults: { ...NO_CASE, 429: 'Asked too often; wait as long as Retry-After says' },
    limit: caseWork.limits.duplicateChecks,
    work: duplicatesOfCase,
  }),
  call({
    ...ofCase,
    method: 'put',
    path: '/api/cases/{id}/presence',
    action: 'presence.share',
    summary: 'I am looking at this case: every board of the province sees the call-sign for a while',
    says: 'Repeat it before the time is over',
    answer: presenceAnswer,
    work: lookAt,
  }),
  call({
    ...ofCase,
    method: 'delete',
    path: '/api/cases/{id}/presence',
    action: 'presence.share',
    summary: 'I have looked away',
    says: 'No board shows it any more',
    answer: presenceAnswer,
    work: lookAway,
  }),
]

export const caseRoutes = (deps: AppDeps) => callRoutes(deps, calls(deps))
