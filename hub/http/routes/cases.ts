import { z } from '@hono/zod-openapi'
import {
  caseAnswer,
  casesAnswer,
  casesQuery,
  complaintAnswer,
  eventsAnswer,
  revealAnswer,
} from '../../contract/api/cases.ts'
import { caseParams, pageSize } from '../../contract/api/common.ts'
import { searchAnswer, searchBody } from '../../contract/api/search.ts'
import { historyOf } from '../../work/cases/case-history.ts'
import { pageOfCases } from '../../work/cases/case-list.ts'
import { readComplaint } from '../../work/cases/complaint.ts'
import { revealCase } from '../../work/cases/reveal.ts'
import { searchCases } from '../../work/cases/search.ts'
import { showCase } from '../../work/cases/show-case.ts'
import { secured } from '../auth/secured.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, json, NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const list = secured(
  {
    method: 'get',
    path: '/api/cases',
    tags: ['cases'],
    summary: 'Cases of an area without personal data: a board, or the list behind a number; pages by cursor',
    request: { query: casesQuery },
    responses: { 200: ok('A page', casesAnswer), 400: fault('The request is wrong') },
  },
  'case.read',
  (c) => ({ area: c.req.query('area') ?? '' }),
)

const read = secured(
  {
    method: 'get',
    path: '/api/cases/{id}',
    tags: ['cases'],
    summary: 'One case without personal data, its needs, transfer and contacts, and what you may do',
    request: { params: caseParams },
    responses: { 200: ok('The case', caseAnswer), 404: fault('No such case in your area') },
  },
  'case.read',
)

const events = secured(
  {
    method: 'get',
    path: '/api/cases/{id}/events',
    tags: ['cases'],
    summary: 'The history of a case and of those merged into it, oldest or newest first; pages by cursor',
    request: {
      params: caseParams,
      query: z.object({
        order: z.enum(['oldest', 'newest']).default('oldest'),
        after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
        limit: pageSize,
      }),
    },
    responses: { 200: ok('A page', eventsAnswer), 404: fault('No such case in your area') },
  },
  'case.read',
)

const reveal = secured(
  {
    method: 'post',
    path: '/api/cases/{id}/reveal',
    tags: ['cases'],
    summary: 'Name, phone, papers, exact place, notes: for the holder or their supervisor; each time an audit row',
    request: { params: caseParams },
    responses: {
      200: ok('The personal data', revealAnswer),
      404: fault('No such case in your area'),
    },
  },
  'case.reveal',
)

const search = secured(
  {
    method: 'post',
    path: '/api/cases/search',
    tags: ['cases'],
    summary: 'Cases of your area by tracking code or phone; each time an audit row',
    request: { body: { required: true, content: json(searchBody) } },
    responses: {
      200: ok('What was found', searchAnswer),
      400: fault('It is neither a tracking code nor a phone number'),
    },
  },
  'case.search',
)

const complaint = secured(
  {
    method: 'post',
    path: '/api/cases/{id}/complaint',
    tags: ['cases'],
    summary: 'Symptoms, oxygen saturation, risks, age: for those who triage or hold; each time an audit row',
    request: { params: caseParams },
    responses: {
      200: ok('What the person said', complaintAnswer),
      404: fault('No such case in your area'),
    },
  },
  'case.complaint',
)

export function caseRoutes(deps: AppDeps) {
  return createRouter()
    .openapi(list, async (c) => {
      const query = c.req.valid('query')
      return c.json(await withCommander(deps, c, (context) => pageOfCases(context, query)), 200)
    })
    .openapi(read, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await withCommander(deps, c, (context) => showCase(context, id)), 200, NO_STORE)
    })
    .openapi(events, async (c) => {
      const { id } = c.req.valid('param')
      const page = c.req.valid('query')
      return c.json(await withCommander(deps, c, (context) => historyOf(context, id, page)), 200, NO_STORE)
    })
    .openapi(search, async (c) => {
      const { text } = c.req.valid('json')
      const answer = await withCommander(deps, c, (context) => searchCases(context, deps.caseWork, text))
      return c.json(answer, 200, NO_STORE)
    })
    .openapi(complaint, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await withCommander(deps, c, (context) => readComplaint(context, id)), 200, NO_STORE)
    })
    .openapi(reveal, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await withCommander(deps, c, (context) => revealCase(context, id)), 200, NO_STORE)
    })
}
