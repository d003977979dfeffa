import { type Kysely, type QueryExecutorProvider, type Selectable, sql } from 'kysely'
import type { AccountsDatabase, AuditLog } from './accounts-tables.ts'
import type { Origin } from './rls.ts'

/** `details` holds no personal data: codes, ids, counts, reasons out of a list. */
export type AuditEntry = {
  readonly actor: string | null
  readonly role: string
  readonly action: string
  /** kind and id, `case:123` */
  readonly resource: string
  readonly area?: string | null
  readonly requestId?: string | null
  /** from where, and in which session; without them, those of the transaction */
  readonly origin?: Origin | undefined
  readonly details?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

/** Adds a row. Give it the transaction of what it records, so that neither stands without the other. */
export async function audit(db: QueryExecutorProvider, entry: AuditEntry): Promise<void> {
  const { actor, role, action, resource, area = null, requestId = null, origin, details = {} } = entry
  await sql`insert into audit_log (actor, role, action, resource, area, request_id, details, address, session)
    values (${actor}, ${role}, ${action}, ${resource}, ${area}, ${requestId}, ${JSON.stringify(details)}::jsonb,
      coalesce(${origin?.address ?? null}, nullif(current_setting('jitasa.address', true), '')),
      coalesce(${origin?.session ?? null}, nullif(current_setting('jitasa.session', true), '')))`.execute(db)
}

/** Which request it was, and from where. */
export type Trail = Pick<AuditEntry, 'requestId' | 'origin'>

export type AuditFilter = {
  readonly action?: string | undefined
  readonly resource?: string | undefined
  readonly actor?: string | undefined
  /** a Bangkok day, `YYYY-MM-DD` */
  readonly day?: string | undefined
  readonly role?: string | undefined
  readonly address?: string | undefined
  readonly session?: string | undefined
}

const fits = (filter: AuditFilter) => sql`
  (${filter.action ?? null}::text is null or action = ${filter.action ?? null})
  and (${filter.resource ?? null}::text is null or resource = ${filter.resource ?? null})
  and (${filter.actor ?? null}::uuid is null or actor = ${filter.actor ?? null})
  and (${filter.role ?? null}::text is null or role = ${filter.role ?? null})
  and (${filter.address ?? null}::text is null or address = ${filter.address ?? null})
  and (${filter.session ?? null}::text is null or session = ${filter.session ?? null})
  and (${filter.day ?? null}::date is null or (at >= ${filter.day ?? null}::date::timestamp at time zone 'Asia/Bangkok'
    and at < (${filter.day ?? null}::date + 1)::timestamp at time zone 'Asia/Bangkok'))`

export async function countAudit(db: QueryExecutorProvider, filter: AuditFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from audit_log where ${fits(filter)}`.execute(
    db,
  )
  return Number(rows[0]?.total ?? 0)
}

/** Newest first. As role jitasa_api only in an auditor's transaction; as the owner always. @param before rows with a smaller id */
export async function readAudit(
  db: QueryExecutorProvider,
  filter: AuditFilter,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<Selectable<AuditLog>[]> {
  const { rows } = await sql<Selectable<AuditLog>>`
    select id, at, actor, role, action, resource, area, request_id, details, address, session from audit_log
    where (${before ?? null}::bigint is null or id < ${before ?? null}) and ${fits(filter)}
    order by id desc limit ${limit}`.execute(db)
  return rows
}

/** What people call these accounts: the name, and the call-sign where it is another. */
export async function accountNames(
  db: Kysely<AccountsDatabase>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('accounts')
    .leftJoin('account_grants', 'account_grants.account_id', 'accounts.id')
    .select(['accounts.id', 'accounts.name', 'account_grants.label'])
    .where('accounts.id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, name, label }) => [id, label && label !== name ? `${name} · ${label}` : name]))
}
