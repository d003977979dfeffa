import { z } from '@hono/zod-openapi'
import { accountNames, readAudit } from '../../../db/queries/accounts-audit.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { auditAnswer } from '../../contract/api/audit.ts'
import { day } from '../../contract/api/common.ts'
import { idAfter } from '../../work/command/keyset.ts'
import { secured, signedIn } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { json } from '../responses.ts'
import { createRouter } from '../router.ts'

const PAGE_MAX = 500

const read = secured(
  {
    method: 'get',
    path: '/api/audit',
    tags: ['audit'],
    summary: 'Who did what, newest first',
    request: {
      query: z.object({
        before: z.coerce.number().int().positive().optional(),
        action: z
          .string()
          .regex(/^[a-z_.]{1,60}$/)
          .optional(),
        resource: z
          .string()
          .regex(/^[\w:-]{1,80}$/)
          .optional(),
        actor: z.uuid().optional(),
        day: day.optional().meta({ description: 'of one Bangkok day' }),
        limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(100),
      }),
    },
    responses: {
      200: {
        description: 'A page; `next` is the `before` of the one after it',
        content: json(auditAnswer),
      },
    },
  },
  'audit.read',
)

const ABOUT_ACCOUNT = /^account:([0-9a-f-]{36})$/

export function auditRoutes({ db, accounts }: AppDeps) {
  return createRouter().openapi(read, async (c) => {
    const filter = c.req.valid('query')
    const found = await withAccount(db, await signedIn(c), (trx) => readAudit(trx, filter))
    const about = (resource: string) => ABOUT_ACCOUNT.exec(resource)?.[1] ?? null
    const names = await accountNames(
      accounts.db,
      found.flatMap(({ actor, resource }) => [actor, about(resource)]).filter((id) => id !== null),
    )
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
    const rows = found.map(({ at, request_id, ...rest }) => ({
      ...rest,
      actorName: nameOf(rest.actor),
      resourceName: nameOf(about(rest.resource)),
      at: at.toISOString(),
      requestId: request_id,
    }))
    return c.json({ rows, next: idAfter(rows, filter.limit) }, 200)
  })
}
