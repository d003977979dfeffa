import { z } from '@hono/zod-openapi'
import { reportAnswer, testsBody } from '../../contract/api/reports.ts'
import { reportTests } from '../../work/reports/reports.ts'
import { command, commandRoutes } from '../commands.ts'
import type { AppDeps } from '../env.ts'

const COMMANDS = [
  command({
    path: '/api/tests',
    action: 'test.report',
    tag: 'reports',
    summary: 'Report the tests of a district and day, or a correction',
    body: testsBody,
    answer: reportAnswer,
    params: z.object({}),
    work: (context, _, body) => reportTests(context, body),
  }),
]

export const reportRoutes = (deps: AppDeps) => commandRoutes(deps, COMMANDS)
