import { resourcesQuery } from '../../contract/api/resources.ts'
import { moveResource, pageOfResources, requestResource, showResource } from '../../work/resources/resources.ts'
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('resources')
const call = callOf('resources')
const UNKNOWN = 'No such request in your area'

const COMMANDS = [
  command(
    'POST /api/resources',
    'resource.request',
    'Ask for oxygen, kits, medicine, food, PPE or vehicles, for a facility or a community',
    requestResource,
    201,
  ),
  command(
    'POST /api/resources/{id}/claim',
    'resource.claim',
    'Take a request, or keep it; 409 while another has it',
    (context, id) => moveResource(context, id, { type: 'claim' }),
  ),
  command('POST /api/resources/{id}/release', 'resource.move', 'Give a request back', (context, id) =>
    moveResource(context, id, { type: 'release' }),
  ),
  command(
    'POST /api/resources/{id}/deliver',
    'resource.move',
    'Say what was delivered; the rest stays asked for',
    (context, id, body) => moveResource(context, id, { type: 'deliver', ...body }),
  ),
  command(
    'POST /api/resources/{id}/close',
    'resource.close',
    'Close a request that is not to be met',
    (context, id, body) => moveResource(context, id, { type: 'close', ...body }),
  ),
]

const CALLS = [
  call(
    'GET /api/resources',
    {
      action: 'resource.read',
      summary: 'Requests for resources of an area or a facility, newest first',
      asks: resourcesQuery,
      says: 'A page of them',
      faults: { 404: 'No such facility in your area' },
    },
    pageOfResources,
  ),
  call(
    'GET /api/resources/{id}',
    {
      action: 'resource.read',
      summary: 'A request for resources with its history',
      says: 'The request',
      faults: { 404: UNKNOWN },
    },
    showResource,
  ),
]

export const resourceRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
