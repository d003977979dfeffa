import { type Kysely, sql, type Transaction } from 'kysely'
import { RULED_ROLES, type RuledRole } from '../../hub/contract/vocabulary/factors.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

type Db = Kysely<AccountsDatabase> | Transaction<AccountsDatabase>

export type SignInRule = {
  readonly role: RuledRole
  readonly factorFrom: Date | null
  readonly idleMinutes: number
  readonly lifeHours: number
}
export type SignInSettings = {
  readonly inDrill: boolean
  readonly proofMinutes: number
  readonly manyReveals: number
}

/** In the order of RULED_ROLES, with how many accounts of the role there are, and how many of them have a factor. */
export async function readSignInRules(db: Db) {
  const { rows } = await sql<SignInRule & { readonly accounts: number; readonly withFactor: number }>`
    select r.role, factor_from as "factorFrom", idle_minutes as "idleMinutes", life_hours as "lifeHours",
      count(a.id)::integer as accounts,
      (count(a.id) filter (where exists (select from account_factors f where f.account_id = a.id and confirmed_at is not null)))::integer
        as "withFactor"
    from sign_in_rules r
      left join (accounts a left join account_grants g on g.account_id = a.id)
        on coalesce(g.role, 'unbound') = r.role and not coalesce(g.disabled, false)
    group by r.role`.execute(db)
  return RULED_ROLES.flatMap((role) => rows.filter((row) => row.role === role))
}

export async function readSignInSettings(db: Db): Promise<SignInSettings> {
  return db
    .selectFrom('sign_in_settings')
    .select(['in_drill as inDrill', 'proof_minutes as proofMinutes', 'many_reveals as manyReveals'])
    .executeTakeFirstOrThrow()
}

export async function writeSignInRule(db: Db, { role, factorFrom, idleMinutes, lifeHours }: SignInRule): Promise<void> {
  await db
    .updateTable('sign_in_rules')
    .set({ factor_from: factorFrom, idle_minutes: idleMinutes, life_hours: lifeHours })
    .where('role', '=', role)
    .execute()
}

export async function writeSignInSettings(db: Db, settings: SignInSettings): Promise<void> {
  const { inDrill, proofMinutes, manyReveals } = settings
  await db
    .updateTable('sign_in_settings')
    .set({ in_drill: inDrill, proof_minutes: proofMinutes, many_reveals: manyReveals })
    .execute()
}
