import { FILE_TYPES, type FileFormat, templateFile } from '../../../db/import/facilities/write-file.ts'
import { facilityExportQuery, facilityHistoryQuery, facilityTemplateQuery } from '../../contract/api/facilities.ts'
import { facilityParams } from '../../contract/api/reports.ts'
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
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes, withCommander } from '../commands.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { fault, NO_STORE } from '../responses.ts'
import { createRouter } from '../router.ts'

const UNKNOWN = 'No such facility in your area'

const call = callOf('registry')

const CALLS = [
  call(
    'GET /api/facilities/{id}',
    {
      action: 'facility.read',
      summary: 'What the registry says of a facility, with the phones of its desks',
      says: 'The facility',
      faults: { 404: UNKNOWN },
    },
    showFacility,
  ),
  call(
    'GET /api/facilities/{id}/history',
    {
      action: 'facility.read',
      summary: 'Who changed what of a facility, newest first; pages by cursor',
      asks: facilityHistoryQuery,
      says: 'A page',
      faults: { 404: UNKNOWN },
    },
    showFacilityHistory,
  ),
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

const command = commandOf('registry')

const COMMANDS = [
  command(
    'POST /api/facilities',
    'facility.register',
    'Register a facility; 409 names the one whose hospital code it is',
    (context, _, body) => createFacility(context, body),
  ),
  command(
    'POST /api/registry/import',
    'facility.register',
    'What a CSV or XLSX file would add, change and leave; with `apply`, done: all of it or nothing',
    (context, _, body) => importFacilities(context, body),
  ),
  command('POST /api/facilities/{id}/edit', 'facility.register', 'Change what the registry says', editFacility),
  command(
    'POST /api/facilities/{id}/desk',
    'facility.desk',
    'Opening hours and phones, by those who work there',
    editDesk,
  ),
  command(
    'POST /api/facilities/{id}/close',
    'facility.register',
    'Close it: it leaves screens and forms',
    closeFacility,
  ),
  command('POST /api/facilities/{id}/reopen', 'facility.register', 'Open it again', reopenFacility),
  command(
    'POST /api/facilities/{id}/merge',
    'facility.register',
    'Merge a second entry of the same place',
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
  return commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS, router))
}
