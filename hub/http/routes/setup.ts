import { showSetup } from '../../work/operation/operation.ts'
import { callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const setup = ({ accounts }: AppDeps) =>
  callOf('accounts')(
    'GET /api/setup',
    {
      action: 'accounts.manage',
      summary: 'What a new operation still needs before its walls say anything',
      says: 'What stands',
    },
    (context) => showSetup(context, accounts.db),
  )

export const setupRoutes = (deps: AppDeps) => callRoutes(deps, [setup(deps)])
