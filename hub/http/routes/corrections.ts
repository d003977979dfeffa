import { correctionsQuery } from '../../contract/api/corrections.ts'
import { closeCorrection, pageOfCorrections, reopenCorrection } from '../../work/privacy/corrections.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const command = commandOf('cases')

const COMMANDS = [
  command(
    'POST /api/corrections/{id}/close',
    'case.correct',
    'A correction that its person has asked for was made, or is refused with a reason (PDPA ss. 35 and 36)',
    closeCorrection,
  ),
  command('POST /api/corrections/{id}/reopen', 'case.correct', 'Take that back', reopenCorrection),
]

const list = callOf('cases')(
  'GET /api/corrections',
  {
    action: 'case.correct',
    resource: areaAsked,
    summary: 'Corrections that people have asked for in an area, and by when each has to be answered; no personal data',
    asks: correctionsQuery,
    says: 'A page of them',
  },
  ({ trx, now }, _, query) => pageOfCorrections({ trx, now }, query),
)

export const correctionRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS, callRoutes(deps, [list]))
