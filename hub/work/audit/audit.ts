import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { accountNames, readAudit } from '../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import type { auditQuery } from '../../contract/api/audit.ts'
import { idAfter } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'

const ABOUT_ACCOUNT = /^account:([0-9a-f-]{36})$/

/** A page of the audit log with the names of those who acted, and of the accounts it is about. */
export async function pageOfAudit(
  { trx }: CommandContext,
  accounts: Kysely<AccountsDatabase>,
  filter: z.output<typeof auditQuery>,
) {
  const found = await readAudit(trx, filter)
  const about = (resource: string) => ABOUT_ACCOUNT.exec(resource)?.[1] ?? null
  const ids = found.flatMap(({ actor, resource }) => [actor, about(resource)]).filter((id) => id !== null)
  const names = await accountNames(accounts, ids)
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  const rows = found.map(({ at, request_id, ...rest }) => ({
    ...rest,
    actorName: nameOf(rest.actor),
    resourceName: nameOf(about(rest.resource)),
    at: at.toISOString(),
    requestId: request_id,
  }))
  return { rows, next: idAfter(rows, filter.limit) }
}
