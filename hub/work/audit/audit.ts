import type { Kysely, Selectable } from 'kysely'
import type { z } from 'zod'
import { accountNames, audit, countAudit, readAudit } from '../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase, AuditLog } from '../../../db/queries/accounts-tables.ts'
import { AUDIT_EXPORT_MAX, type auditExportQuery, type auditQuery } from '../../contract/api/audit.ts'
import { idAfter } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'
import { csvFile } from '../exchange/csv.ts'

const ABOUT_ACCOUNT = /^account:([0-9a-f-]{36})$/
const about = (resource: string) => ABOUT_ACCOUNT.exec(resource)?.[1] ?? null

/** What accounts are called who acted, or whom it is about. */
async function namesIn(accounts: Kysely<AccountsDatabase>, found: readonly Selectable<AuditLog>[]) {
  const ids = found.flatMap(({ actor, resource }) => [actor, about(resource)]).filter((id) => id !== null)
  const names = await accountNames(accounts, ids)
  return (id: string | null) => (id === null ? null : (names.get(id) ?? null))
}

/** A page of the audit log with the names of those who acted, and of the accounts it is about. */
export async function pageOfAudit(
  { trx }: CommandContext,
  accounts: Kysely<AccountsDatabase>,
  { before, limit, ...filter }: z.output<typeof auditQuery>,
) {
  const found = await readAudit(trx, filter, { before, limit })
  const nameOf = await namesIn(accounts, found)
  const rows = found.map(({ at, request_id, ...rest }) => ({
    ...rest,
    actorName: nameOf(rest.actor),
    resourceName: nameOf(about(rest.resource)),
    at: at.toISOString(),
    requestId: request_id,
  }))
  return { rows, next: idAfter(rows, limit), total: before === undefined ? await countAudit(trx, filter) : null }
}

const COLUMNS = [
  'id',
  'at',
  'account',
  'name',
  'role',
  'action',
  'resource',
  'area',
  'address',
  'session',
  'request',
  'details',
]

/** What fits, newest first, for a spreadsheet. That it was taken is in the log too, with what was asked. */
export async function exportAudit(
  { trx, by, requestId }: CommandContext,
  accounts: Kysely<AccountsDatabase>,
  filter: z.output<typeof auditExportQuery>,
): Promise<string> {
  const found = await readAudit(trx, filter, { limit: AUDIT_EXPORT_MAX })
  const nameOf = await namesIn(accounts, found)
  const details = {
    rows: found.length,
    ...Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, String(value)])),
  }
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'audit.export',
    resource: 'audit:csv',
    details,
  })
  const lines = found.map((row) => [
    ...[row.id, row.at.toISOString(), row.actor, nameOf(row.actor), row.role, row.action, row.resource, row.area],
    ...[row.address, row.session, row.request_id, JSON.stringify(row.details)],
  ])
  return csvFile([COLUMNS, ...lines])
}
