import { setupAnswer } from '../../contract/api/setup.ts'
import { showSetup } from '../../work/operation/operation.ts'
import { type Call, call, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const calls = ({ accounts }: AppDeps): readonly Call[] => [
  call({
    path: '/api/setup',
    action: 'accounts.manage',
    tag: 'accounts',
    summary: 'What a new operation still needs before its walls say anything',
    says: 'What stands',
    answer: setupAnswer,
    work: (context) => showSetup(context, accounts.db),
  }),
]

export const setupRoutes = (deps: AppDeps) => callRoutes(deps, calls(deps))
