import { callsQuery } from '../../contract/api/calls.ts'
import { endCall, pageOfCalls, recordCall, releaseCall, takeCall, tellNumber } from '../../work/calls/calls.ts'
import { callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes, tellingOf } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('calls')

const COMMANDS = [
  command(
    'POST /api/calls',
    'call.record',
    'A call to the hotline that waits, was lost or answered; by an agent, or by the exchange with a key',
    recordCall,
    201,
  ),
  tellingOf('calls')(
    {
      route: 'POST /api/calls/{id}/claim',
      action: 'call.work',
      summary: 'Take a call to call back: its number is told, and that it was is audited; 409 while another has it',
    },
    takeCall,
    tellNumber,
  ),
  command('POST /api/calls/{id}/release', 'call.work', 'Give a call back', releaseCall),
  command(
    'POST /api/calls/{id}/end',
    'call.work',
    'How calling back went; without an answer the call is owed again later',
    endCall,
  ),
]

const CALLS = [
  callOf('calls')(
    'GET /api/calls',
    {
      action: 'call.work',
      summary: 'Calls of an area that ended in the last 24 hours, without their numbers',
      asks: callsQuery,
      says: 'The calls',
    },
    pageOfCalls,
  ),
]

export const callDeskRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, CALLS))
