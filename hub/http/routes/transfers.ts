import { freeBedsQuery, placementsQuery, transfersQuery } from '../../contract/api/cases.ts'
import type { Action } from '../../contract/vocabulary/actions.ts'
import type { TransferStep } from '../../contract/vocabulary/transfers.ts'
import { freeBedsAround, propose } from '../../work/matching/propose.ts'
import { requestTransfer, stepTransfer } from '../../work/transfers/transfer.ts'
import { pageOfTransfers } from '../../work/transfers/transfer-view.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('transfers')

const step = (name: TransferStep, action: Action, summary: string) =>
  command(`POST /api/transfers/{id}/${name}`, action, summary, (context, id, input) =>
    stepTransfer(context, id, { ...input, step: name }),
  )

const COMMANDS = [
  command('POST /api/cases/{id}/transfers', 'case.place', 'Ask for a bed elsewhere', requestTransfer),
  step('approve', 'case.place', 'The coordinator says where to'),
  step('agree', 'transfer.agree', 'The coordination of the province it leads to agrees'),
  step('redirect', 'case.place', 'Another facility is asked, also of another province'),
  step('accept', 'facility.report', 'The destination accepts: a bed is held'),
  step('extend', 'facility.report', 'The destination holds the bed longer, from now on'),
  step('reject', 'facility.report', 'The destination cannot'),
  step('refuse', 'case.place', 'The coordinator refuses the request'),
  step('decline', 'transfer.agree', 'The coordination of the province it leads to refuses'),
  step('transport', 'case.place', 'Transport is arranged'),
  step('depart', 'case.place', 'On the way'),
  step('arrive', 'facility.report', 'The destination has the patient: the held bed is occupied'),
  step('cancel', 'case.place', 'It is called off: a held bed is free again'),
  step('died', 'case.place', 'The patient died'),
  step('died-at-destination', 'facility.report', 'The patient died, says the destination'),
]

const list = callOf('transfers')(
  'GET /api/transfers',
  {
    action: 'transfer.read',
    resource: (c) => ({ ...areaAsked(c), facility: Number(c.req.query('facility')) }),
    summary: 'Transfers under way: out of an area or into it, or towards a facility',
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

const freeBeds = callOf('transfers')(
  'GET /api/free-beds',
  {
    action: 'case.place',
    resource: areaAsked,
    summary: 'Free beds in the provinces around that of an area, for whom there is none at home',
    asks: freeBedsQuery,
    says: 'Facilities',
  },
  (context, _, query) => freeBedsAround(context, query),
)

export const transferRoutes = (deps: AppDeps) =>
  commandRoutes(deps, COMMANDS, callRoutes(deps, [list, placements, freeBeds]))
