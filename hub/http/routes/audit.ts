import { AUDIT_EXPORT_MAX, auditExportQuery, auditQuery } from '../../contract/api/audit.ts'
import { exportAudit, pageOfAudit } from '../../work/audit/audit.ts'
import { provenly } from '../auth/secured.ts'
import { callOf, callRoutes } from '../calls.ts'
import { withCommander } from '../commands.ts'
import type { AppDeps } from '../env.ts'
import { fault, NO_STORE } from '../responses.ts'
import { createRouter } from '../router.ts'

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

const download = provenly(
  {
    method: 'get',
    path: '/api/audit/export',
    tags: ['audit'],
    summary: `The same as CSV, the newest ${AUDIT_EXPORT_MAX} rows; itself an audit row`,
    request: { query: auditExportQuery },
    responses: {
      200: { description: 'The file', content: { 'text/csv': { schema: { type: 'string' } as const } } },
      400: fault('The request is wrong'),
    },
  },
  'audit.read',
)

export const auditRoutes = (deps: AppDeps) =>
  callRoutes(deps, [read(deps)], createRouter()).openapi(download, async (c) => {
    const file = await withCommander(deps, c, (context) => exportAudit(context, deps.accounts.db, c.req.valid('query')))
    return c.body(file, 200, {
      ...NO_STORE,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="jitasa-audit.csv"',
    }) as never
  })
