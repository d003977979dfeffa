import { countSetupAccounts, readSetup } from '../../../db/queries/setup.ts'
import { setupAnswer } from '../../contract/api/setup.ts'
import { secured } from '../auth/secured.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { NO_STORE, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const setup = secured(
  {
    method: 'get',
    path: '/api/setup',
    tags: ['accounts'],
    summary: 'What a new operation still needs before its walls say anything',
    responses: { 200: ok('What stands', setupAnswer) },
  },
  'accounts.manage',
)

export function setupRoutes(deps: AppDeps) {
  return createRouter().openapi(setup, async (c) => {
    const { day, kind, ...counts } = await withCommander(deps, c, ({ trx }) => readSetup(trx))
    const operation = day === null || kind === null ? null : { day, kind }
    return c.json({ operation, ...counts, ...(await countSetupAccounts(deps.accounts.db)) }, 200, NO_STORE)
  })
}
