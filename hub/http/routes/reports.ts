import { z } from '@hono/zod-openapi'
import { reportAnswer, testsBody } from '../../contract/api/reports.ts'
import { commanderOf, runCommand } from '../../work/command/run.ts'
import { reportTests } from '../../work/reports/reports.ts'
import { signedIn } from '../auth/secured.ts'
import { commandRoute } from '../command-route.ts'
import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'

const tests = commandRoute({
  path: '/api/tests',
  action: 'test.report',
  tag: 'reports',
  summary: 'Report the tests of a district and day, or a correction',
  body: testsBody,
  answer: reportAnswer,
  params: z.object({}),
})

export function reportRoutes(deps: AppDeps) {
  return createRouter().openapi(tests, async (c) => {
    const input = c.req.valid('json')
    const by = commanderOf(await signedIn(c))
    const { body } = await runCommand(deps, c, by, input, async (context) => ({
      status: 200,
      body: await reportTests(context, input),
    }))
    return c.json(body, 200)
  })
}
