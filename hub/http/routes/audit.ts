import { auditQuery } from '../../contract/api/audit.ts'
import { pageOfAudit } from '../../work/audit/audit.ts'
import { callOf, callRoutes } from '../calls.ts'
import type { AppDeps } from '../env.ts'

const read = ({ accounts }: AppDeps) =>
  callOf('audit')(
    'GET /api/audit',
    {
      action: 'audit.read',
      summary: 'Who did what, newest first',
      asks: auditQuery,
      says: 'A page; `next` is the `before` of the one after it',
    },
    (context, _, query) => pageOfAudit(context, accounts.db, query),
  )

export const auditRoutes = (deps: AppDeps) => callRoutes(deps, [read(deps)])
