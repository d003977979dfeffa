import { z } from '@hono/zod-openapi'
import {
  closeFacilityBody,
  createFacilityBody,
  deskBody,
  editFacilityBody,
  facilityAnswer,
  facilityHistoryAnswer,
  facilityHistoryQuery,
  mergeFacilityBody,
  reopenFacilityBody,
} from '../../contract/api/facilities.ts'
import { facilityParams } from '../../contract/api/reports.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import type { CommandContext } from '../../work/command/run.ts'
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
import { command, commandRoutes, withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const unknown = fault('No such facility in your area')

const read = secured(
  {
    method: 'get',
    path: '/api/facilities/{id}',
    tags: ['registry'],
    summary: 'What the registry says of a facility, with the phones of its desks',
    request: { params: facilityParams },
    responses: { 200: ok('The facility', facilityAnswer), 404: unknown },
  },
  'facility.read',
)
const history = secured(
  {
    method: 'get',
    path: '/api/facilities/{id}/history',
    tags: ['registry'],
    summary: 'Who changed what of a facility, newest first; pages by cursor',
    request: { params: facilityParams, query: facilityHistoryQuery },
    responses: { 200: ok('A page', facilityHistoryAnswer), 404: unknown },
  },
  'facility.read',
)

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

const COMMANDS = [
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
    .openapi(read, async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await withCommander(deps, c, (context) => showFacility(context, id)), 200, NO_STORE)
    })
    .openapi(history, async (c) => {
      const { id } = c.req.valid('param')
      const query = c.req.valid('query')
      return c.json(await withCommander(deps, c, (context) => showFacilityHistory(context, id, query)), 200)
    })
  return commandRoutes(deps, COMMANDS, router)
}
