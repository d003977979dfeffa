import type { Insertable, Kysely } from 'kysely'
import type { Checks } from '../case-schema.ts'
import type { Database } from '../schema.ts'

export async function insertCheck(db: Kysely<Database>, values: Insertable<Checks>): Promise<number> {
  return (await db.insertInto('checks').values(values).returning('id').executeTakeFirstOrThrow()).id
}

/** The checks of some cases, the newest first. */
export async function checksOf(db: Kysely<Database>, cases: readonly number[], limit: number) {
  return db
    .selectFrom('checks')
    .select(['id', 'spo2', 'temperature', 'feeling', 'actor', 'said_by', 'at'])
    .where('case_id', 'in', cases)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** When the newest check of a case was made. @param own of the person themselves alone */
export async function lastCheckAt(db: Kysely<Database>, caseId: number, own: boolean): Promise<Date | null> {
  let query = db
    .selectFrom('checks')
    .select((select) => select.fn.max('at').as('at'))
    .where('case_id', '=', caseId)
    .where('undone_at', 'is', null)
  if (own) query = query.where('actor', 'is', null)
  return (await query.executeTakeFirst())?.at ?? null
}
