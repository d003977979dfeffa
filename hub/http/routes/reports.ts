import { reportTests } from '../../work/reports/reports.ts'
import { commandOf, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const tests = commandOf('reports')(
  'POST /api/tests',
  'test.report',
  'Report the tests of a district and day, or a correction',
  (context, _, body) => reportTests(context, body),
)

export const reportRoutes = (deps: AppDeps) => commandRoutes(deps, [tests])
