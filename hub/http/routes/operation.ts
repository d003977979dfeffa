import { audit } from '../../../db/queries/accounts-audit.ts'
import { setOperation } from '../../../db/queries/operation.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { operationAnswer, operationBody } from '../../contract/api/operation.ts'
import { authorOf, secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault, json, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const set = secured(
  {
    method: 'put',
    path: '/api/operation',
    tags: ['operation'],
    summary: 'The day that every screen counts as today, and whether this is an exercise; in force at once',
    request: { body: { required: true, content: json(operationBody) } },
    responses: {
      200: ok('As it is now', operationAnswer),
      400: fault('The request is wrong'),
    },
  },
  'operation.set',
)

export function operationRoutes({ db }: AppDeps) {
  return createRouter().openapi(set, async (c) => {
    const wanted = c.req.valid('json')
    const by = await signedIn(c)
    const { from, now } = await withAccount(db, by, async (trx) => {
      const moved = await setOperation(trx, wanted.day, wanted.kind ?? null)
      await audit(trx, {
        ...authorOf(c, by),
        action: 'operation.set_day',
        resource: 'operation:1',
        details: { from: moved.from.day, to: moved.now.day, kind: moved.now.kind },
      })
      return moved
    })
    c.get('log')().info({ from: from.day, to: now.day, kind: now.kind }, 'the operation’s day was set')
    return c.json(now, 200)
  })
}
