import { casesQuery, eventsQuery } from '../../contract/api/cases.ts'
import { historyOf } from '../../work/cases/case-history.ts'
import { pageOfCases } from '../../work/cases/case-list.ts'
import { readComplaint } from '../../work/cases/complaint.ts'
import { lookAt, lookAway } from '../../work/cases/presence.ts'
import { revealCase } from '../../work/cases/reveal.ts'
import { searchCases } from '../../work/cases/search.ts'
import { showCase } from '../../work/cases/show-case.ts'
import { duplicatesOfCase } from '../../work/duplicates/duplicates.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const call = callOf('cases')
const faults = { 404: 'No such case in your area' }

const calls = ({ caseWork }: AppDeps) => [
  call(
    'GET /api/cases',
    {
      action: 'case.read',
      resource: areaAsked,
      summary: 'Cases of an area without personal data: a board, or the list behind a number; pages by cursor',
      asks: casesQuery,
      says: 'A page',
    },
    (context, _, query) => pageOfCases(context, query),
  ),
  call(
    'GET /api/cases/{id}',
    {
      action: 'case.read',
      summary: 'One case without personal data, its needs, transfer and contacts, and what you may do',
      says: 'The case',
      faults,
    },
    showCase,
  ),
  call(
    'GET /api/cases/{id}/events',
    {
      action: 'case.read',
      summary: 'The history of a case and of those merged into it, oldest or newest first; pages by cursor',
      asks: eventsQuery,
      says: 'A page',
      faults,
    },
    historyOf,
  ),
  call(
    'POST /api/cases/search',
    {
      action: 'case.search',
      summary: 'Cases of your area by tracking code or phone; each time an audit row',
      says: 'What was found',
      faults: { 400: 'It is neither a tracking code nor a phone number' },
    },
    (context, _, { text }) => searchCases(context, caseWork, text),
  ),
  call(
    'POST /api/cases/{id}/complaint',
    {
      action: 'case.complaint',
      summary: 'Symptoms, oxygen saturation, risks, age: for those who triage or hold; each time an audit row',
      says: 'What the person said',
      faults,
    },
    readComplaint,
  ),
  call(
    'POST /api/cases/{id}/reveal',
    {
      action: 'case.reveal',
      summary: 'Name, phone, papers, exact place, notes: for the holder or their supervisor; each time an audit row',
      says: 'The personal data',
      faults,
    },
    revealCase,
  ),
  call(
    'GET /api/cases/{id}/duplicates',
    {
      action: 'case.merge',
      summary:
        'Cases that are likely the same, for whoever may merge both: why they are alike, and nothing of the person',
      says: 'The likely ones',
      faults: { ...faults, 429: 'Asked too often; wait as long as Retry-After says' },
      limit: caseWork.limits.duplicateChecks,
    },
    duplicatesOfCase,
  ),
  call(
    'PUT /api/cases/{id}/presence',
    {
      action: 'presence.share',
      summary: 'I am looking at this case: every board of the province sees the call-sign for a while',
      says: 'Repeat it before the time is over',
      faults,
    },
    lookAt,
  ),
  call(
    'DELETE /api/cases/{id}/presence',
    { action: 'presence.share', summary: 'I have looked away', says: 'No board shows it any more', faults },
    lookAway,
  ),
]

export const caseRoutes = (deps: AppDeps) => callRoutes(deps, calls(deps))
