import type { Insertable, Kysely } from 'kysely'
import type { Consents } from '../case-schema.ts'
import type { Database } from '../schema.ts'

export async function insertConsent(db: Kysely<Database>, values: Insertable<Consents>): Promise<void> {
  await db.insertInto('consents').values(values).execute()
}

/** What was agreed to of these cases, oldest first. */
export async function consentsOf(db: Kysely<Database>, cases: readonly number[]) {
  return db
    .selectFrom('consents')
    .select(['version', 'language', 'given_by', 'at', 'withdrawn_at'])
    .where('case_id', 'in', cases)
    .orderBy('id')
    .execute()
}

/** @returns how many stood */
export async function withdrawConsents(db: Kysely<Database>, cases: readonly number[], at: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('consents')
    .set({ withdrawn_at: at })
    .where('case_id', 'in', cases)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
