import { type Kysely, sql } from 'kysely'

/** A claim of resources ends by itself and may be kept; what was delivered has its quantity, and the rest stays asked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table resource_events drop constraint resource_events_kind_check,
     add constraint resource_events_kind_check
       check (kind in ('requested', 'claimed', 'kept', 'released', 'expired', 'delivered', 'closed')),
     add column quantity integer check (quantity between 1 and 100000)`,
  `create index resources_claimed on resources (claimed_at) where status = 'claimed'`,
]
