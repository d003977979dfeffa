import { type QueryExecutorProvider, sql } from 'kysely'
import type { RevealingRole } from '../../hub/contract/vocabulary/roles.ts'

export type RevealBudgetRow = { readonly role: RevealingRole; readonly perHour: number }

export async function readRevealBudgets(db: QueryExecutorProvider): Promise<readonly RevealBudgetRow[]> {
  const { rows } = await sql<RevealBudgetRow>`
    select role, per_hour as "perHour" from reveal_budgets order by role`.execute(db)
  return rows
}

/** @returns what it was before */
export async function writeRevealBudget(
  db: QueryExecutorProvider,
  { role, perHour }: RevealBudgetRow,
): Promise<number> {
  const { rows } = await sql<{ before: number }>`
    with stood as (select per_hour from reveal_budgets where role = ${role} for update)
    update reveal_budgets set per_hour = ${perHour} from stood where role = ${role} returning stood.per_hour as before`.execute(
    db,
  )
  const before = rows[0]?.before
  if (before === undefined) throw new Error(`no budget of ${role} to change`)
  return before
}

/** @returns until when the account of this transaction may open nobody else's data; `null`: it may now */
export async function revealsFull(db: QueryExecutorProvider, resource: string) {
  const { rows } = await sql<{ until: Date; seconds: number }>`
    select until, ceil(extract(epoch from until - clock_timestamp()))::int as seconds
    from jitasa_reveals_full(${resource}) as until where until is not null`.execute(db)
  return rows[0] ?? null
}

/** Whether the session has opened the data of many since it last showed who is there. */
export async function revealOwesProof(db: QueryExecutorProvider, resource: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ owes: boolean }>`select jitasa_reveal_owes_proof(${resource}, ${at}) as owes`.execute(db)
  return rows[0]?.owes ?? false
}
