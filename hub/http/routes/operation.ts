import { operationAnswer, operationBody } from '../../contract/api/operation.ts'
import { setDay } from '../../work/operation/operation.ts'
import { secured } from '../auth/secured.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, ok, taken } from '../responses.ts'
import { createRouter } from '../router.ts'

const set = secured(
  {
    method: 'put',
    path: '/api/operation',
    tags: ['operation'],
    summary: 'The day that every screen counts as today, and whether this is an exercise; in force at once',
    request: { body: taken(operationBody) },
    responses: {
      200: ok('As it is now', operationAnswer),
      400: fault('The request is wrong'),
    },
  },
  'operation.set',
)

export function operationRoutes(deps: AppDeps) {
  return createRouter().openapi(set, async (c) => {
    const { day, kind = null } = c.req.valid('json')
    const { from, now } = await withCommander(deps, c, (context) => setDay(context, day, kind))
    c.get('log')().info({ from: from.day, to: now.day, kind: now.kind }, 'the operation’s day was set')
    return c.json(now, 200)
  })
}
