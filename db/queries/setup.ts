import { type Kysely, sql } from 'kysely'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import type { Database } from '../schema.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

export type SetupCounts = {
  readonly day: string | null
  readonly kind: OperationKind | null
  readonly facilities: number
  readonly unplaced: number
  readonly reports: boolean
}

/** What stands of an operation, as far as the account sees it. */
export async function readSetup(db: Kysely<Database>): Promise<SetupCounts> {
  const { rows } = await sql<SetupCounts>`
    select (select day::text from operation) as day, (select kind from operation) as kind,
      (select count(*)::int from facilities where active) as facilities,
      (select count(*)::int from facilities where active and lat is null) as unplaced,
      exists (select from beds) or exists (select from vaccinations) or exists (select from tests)
        or exists (select from cases) as reports`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('one row was asked for')
  return row
}

/** Accounts that may sign in, without administrators; and screens that are on. */
export async function countSetupAccounts(
  db: Kysely<AccountsDatabase>,
): Promise<{ readonly accounts: number; readonly screens: number }> {
  const { rows } = await sql<{ accounts: number; screens: number }>`
    select count(*) filter (where role not in ('administrator', 'screen'))::int as accounts,
      count(*) filter (where role = 'screen')::int as screens
    from account_grants where not disabled`.execute(db)
  return rows[0] ?? { accounts: 0, screens: 0 }
}
