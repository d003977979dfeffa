import { periodQuery } from '../../contract/api/period.ts'
import {
  acceptPeriod,
  addObjective,
  decide,
  handOverPeriod,
  moveObjective,
  sendMessage,
  startPeriod,
  takePeriodBack,
  withdraw,
} from '../../work/period/period.ts'
import { commandOfArea } from '../../work/period/views.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('command')
const call = callOf('command')

const COMMANDS = [
  command('POST /api/periods', 'command.set', 'Begin a shift; 409 while one runs in the area', startPeriod, 201),
  command(
    'POST /api/periods/{id}/hand-over',
    'command.set',
    'Hand a shift over, with its summary; it runs until somebody else accepts it',
    handOverPeriod,
  ),
  command('POST /api/periods/{id}/take-back', 'command.set', 'Take a hand-over back', takePeriodBack),
  command(
    'POST /api/periods/{id}/accept',
    'command.set',
    'Accept a hand-over of another account; the answer is the shift that begins',
    acceptPeriod,
  ),
  command('POST /api/objectives', 'command.set', 'Set an objective or a task', addObjective, 201),
  command('POST /api/objectives/{id}/state', 'command.set', 'Say how far an objective or task is', moveObjective),
  command('POST /api/decisions', 'command.set', 'Put a decision, or the correction of one, into the log', decide, 201),
  command(
    'POST /api/command-messages',
    'command.set',
    'Say something to screens, boards or roles of an area, until a time',
    sendMessage,
    201,
  ),
  command('POST /api/command-messages/{id}/withdraw', 'command.set', 'Take a message from every screen', withdraw),
]

const CALLS = [
  call(
    'GET /api/command',
    {
      action: 'command.read',
      resource: areaAsked,
      summary: 'The shift of an area, its objectives, messages from command and the log since it began',
      asks: periodQuery,
      says: 'What command wants and has said',
    },
    commandOfArea,
  ),
]

export const periodRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
