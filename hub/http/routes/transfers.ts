import { placementsQuery, transfersQuery } from '../../contract/api/cases.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import type { TransferStep } from '../../contract/vocabulary/transfers.ts'
import { propose } from '../../work/matching/propose.ts'
import { requestTransfer, stepTransfer } from '../../work/transfers/transfer.ts'
import type { TransferAct } from '../../work/transfers/transfer-rules.ts'
import { pageOfTransfers } from '../../work/transfers/transfer-view.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('transfers')

const step = (name: TransferStep, action: Action, event: TransferAct, summary: string) =>
  command(`POST /api/transfers/{id}/${name}`, action, summary, (context, id, input) =>
    stepTransfer(context, id, { ...input, event }),
  )

const COMMANDS = [
  command('POST /api/cases/{id}/transfers', 'case.place', 'Ask for a bed elsewhere', requestTransfer),
  step('approve', 'case.place', 'approve', 'The coordinator says where to'),
  step('accept', 'facility.report', 'accept', 'The destination accepts: a bed is held'),
  step('extend', 'facility.report', 'extend', 'The destination holds the bed longer, from now on'),
  step('reject', 'facility.report', 'reject', 'The destination cannot'),
  step('refuse', 'case.place', 'reject', 'The coordinator refuses the request'),
  step('transport', 'case.place', 'arrange', 'Transport is arranged'),
  step('depart', 'case.place', 'depart', 'On the way'),
  step('arrive', 'facility.report', 'arrive', 'The destination has the patient: the held bed is occupied'),
  step('cancel', 'case.place', 'cancel', 'It is called off: a held bed is free again'),
  step('died', 'case.place', 'die', 'The patient died'),
  step('died-at-destination', 'facility.report', 'die', 'The patient died, says the destination'),
]

const list = callOf('transfers')(
  'GET /api/transfers',
  {
    action: 'transfer.read',
    resource: (c) => ({ ...areaAsked(c), facility: Number(c.req.query('facility')) }),
    summary: 'Transfers under way: out of an area, or towards a facility',
    asks: transfersQuery,
    says: 'A page',
  },
  (context, _, query) => pageOfTransfers(context, query),
)

const placements = callOf('transfers')(
  'GET /api/placements',
  {
    action: 'case.place',
    resource: areaAsked,
    summary: 'Who of an area could go where now, and what that saves: a proposal, nothing is asked for',
    asks: placementsQuery,
    says: 'Proposals',
  },
  (context, _, query) => propose(context, query),
)

export const transferRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, [list, placements]))
