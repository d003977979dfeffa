import { z } from '@hono/zod-openapi'
import { FILE_TYPES, type FileFormat, templateFile } from '../../../db/import/facilities/write-file.ts'
import {
  closeFacilityBody,
  createFacilityBody,
  deskBody,
  editFacilityBody,
  facilityAnswer,
  facilityExportQuery,
  facilityHistoryAnswer,
  facilityHistoryQuery,
  facilityImportAnswer,
  facilityImportBody,
  facilityTemplateQuery,
  mergeFacilityBody,
  reopenFacilityBody,
} from '../../contract/api/facilities.ts'
import { facilityParams } from '../../contract/api/reports.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import type { CommandContext } from '../../work/command/run.ts'
import { facilityCalendar } from '../../work/facilities/deadlines.ts'
import { exportFacilities, importFacilities } from '../../work/facilities/files.ts'
import {
  closeFacility,
  createFacility,
  editDesk,
  editFacility,
  mergeFacilities,
  reopenFacility,
  showFacility,
  showFacilityHistory,
} from '../../work/facilities/registry.ts'
import { secured } from '../auth/secured.ts'
import { BytesResponse } from '../bytes-response.ts'
import { call, callRoutes } from '../calls.ts'
import { command, commandRoutes, withCommander } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE } from '../responses.ts'
import { createRouter } from '../router.ts'

const UNKNOWN = 'No such facility in your area'

const CALLS = [
  call({
    path: '/api/facilities/{id}',
    action: 'facility.read',
    tag: 'registry',
    summary: 'What the registry says of a facility, with the phones of its desks',
    params: facilityParams,
    says: 'The facility',
    answer: facilityAnswer,
    faults: { 404: UNKNOWN },
    work: showFacility,
  }),
  call({
    path: '/api/facilities/{id}/history',
    action: 'facility.read',
    tag: 'registry',
    summary: 'Who changed what of a facility, newest first; pages by cursor',
    params: facilityParams,
    asks: facilityHistoryQuery,
    says: 'A page',
    answer: facilityHistoryAnswer,
    faults: { 404: UNKNOWN },
    work: showFacilityHistory,
  }),
]

const deadlines = secured(
  {
    method: 'get',
    path: '/api/facilities/{id}/deadlines.ics',
    tags: ['registry'],
    summary: 'When reports of a facility are due, as iCalendar (RFC 5545)',
    request: { params: facilityParams },
    responses: {
      200: { description: 'The calendar', content: { 'text/calendar': { schema: { type: 'string' } as const } } },
      404: fault(UNKNOWN),
      409: fault('The facility is closed'),
    },
  },
  'facility.read',
)
const file = (description: string) => ({
  description,
  content: Object.fromEntries(
    Object.values(FILE_TYPES).map((type) => [type, { schema: { type: 'string', format: 'binary' } as const }]),
  ),
})
const exported = secured(
  {
    method: 'get',
    path: '/api/registry/export',
    tags: ['registry'],
    summary: 'The open facilities of an area as CSV or XLSX; the same file imported changes nothing',
    request: { query: facilityExportQuery },
    responses: { 200: file('The file') },
  },
  'facility.register',
  (c) => ({ area: c.req.query('area') ?? '' }),
)
const template = secured(
  {
    method: 'get',
    path: '/api/registry/template',
    tags: ['registry'],
    summary: 'An empty file with the columns of an import, and what each holds',
    request: { query: facilityTemplateQuery },
    responses: { 200: file('The file') },
  },
  'facility.register',
)

function sendFile(c: HubContext, format: FileFormat, name: string, content: Uint8Array): Response {
  return new BytesResponse(content as Uint8Array<ArrayBuffer>, {
    headers: {
      ...NO_STORE,
      'Content-Type': FILE_TYPES[format],
      'Content-Disposition': `attachment; filename="${name}.${format}"`,
      'X-Request-Id': c.get('requestId'),
    },
  })
}

function ofFacility<B extends z.ZodType>(
  name: string,
  action: Action,
  summary: string,
  body: B,
  work: (context: CommandContext, id: number, input: z.output<B>) => Promise<unknown>,
) {
  const path = `/api/facilities/{id}/${name}`
  return command({ path, action, tag: 'registry', summary, body, answer: facilityAnswer, params: facilityParams, work })
}

const commands = [
  command({
    path: '/api/facilities',
    action: 'facility.register',
    tag: 'registry',
    summary: 'Register a facility; 409 names the one whose hospital code it is',
    body: createFacilityBody,
    answer: facilityAnswer,
    params: z.object({}),
    work: (context, _, body) => createFacility(context, body),
  }),
  command({
    path: '/api/registry/import',
    action: 'facility.register',
    tag: 'registry',
    summary: 'What a CSV or XLSX file would add, change and leave; with `apply`, done: all of it or nothing',
    body: facilityImportBody,
    answer: facilityImportAnswer,
    params: z.object({}),
    work: (context, _, body) => importFacilities(context, body),
  }),
  ofFacility('edit', 'facility.register', 'Change what the registry says', editFacilityBody, editFacility),
  ofFacility('desk', 'facility.desk', 'Opening hours and phones, by those who work there', deskBody, editDesk),
  ofFacility('close', 'facility.register', 'Close it: it leaves screens and forms', closeFacilityBody, closeFacility),
  ofFacility('reopen', 'facility.register', 'Open it again', reopenFacilityBody, reopenFacility),
  ofFacility(
    'merge',
    'facility.register',
    'Merge a second entry of the same place',
    mergeFacilityBody,
    mergeFacilities,
  ),
]

export function registryRoutes(deps: AppDeps) {
  const router = createRouter()
    .openapi(exported, async (c) => {
      const query = c.req.valid('query')
      const content = await withCommander(deps, c, (context) => exportFacilities(context, query))
      return sendFile(c, query.format, `facilities-${query.area}`, content) as never
    })
    .openapi(template, async (c) => {
      const { format } = c.req.valid('query')
      return sendFile(c, format, 'facilities-template', await templateFile(format)) as never
    })
    .openapi(deadlines, async (c) => {
      const { id } = c.req.valid('param')
      const calendar = await withCommander(deps, c, (context) => facilityCalendar(context, id))
      const headers = { ...NO_STORE, 'Content-Type': 'text/calendar; charset=utf-8' }
      return c.body(calendar, 200, headers) as never
    })
  return commandRoutes(deps, commands, callRoutes(deps, CALLS, router))
}
