import { auditAnswer, auditQuery } from '../../contract/api/audit.ts'
import { pageOfAudit } from '../../work/audit/audit.ts'
import { type Call, call, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const calls = ({ accounts }: AppDeps): readonly Call[] => [
  call({
    path: '/api/audit',
    action: 'audit.read',
    tag: 'audit',
    summary: 'Who did what, newest first',
    asks: auditQuery,
    says: 'A page; `next` is the `before` of the one after it',
    answer: auditAnswer,
    work: (context, _, query) => pageOfAudit(context, accounts.db, query),
  }),
]

export const auditRoutes = (deps: AppDeps) => callRoutes(deps, calls(deps))
