import { roundsQuery } from '../../contract/api/rounds.ts'
import { pageOfRounds, reportRound } from '../../work/rounds/rounds.ts'
import { areaAsked, callOf, callRoutes } from '../calls.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const report = commandOf('reports')(
  'POST /api/rounds',
  'test.report',
  'Report a round of active case finding with its tests, which are counted once',
  reportRound,
  201,
)

const list = callOf('reports')(
  'GET /api/rounds',
  {
    action: 'report.read',
    resource: areaAsked,
    summary: 'Rounds of active case finding of an area with their results, newest first',
    asks: roundsQuery,
    says: 'A page of them',
  },
  pageOfRounds,
)

export const roundRoutes = (deps: AppDeps) => commandRoutes(deps, [report], callRoutes(deps, [list]))
