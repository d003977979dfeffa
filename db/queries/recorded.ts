import type { Insertable, Kysely } from 'kysely'
import type { RecordedTable } from '../case-schema.ts'
import type { Database } from '../schema.ts'

/** @returns what the account's record with this key has made already */
export async function readRecorded(db: Kysely<Database>, account: string, key: string) {
  return db
    .selectFrom('recorded')
    .select(['kind', 'made', 'case_id'])
    .where('account', '=', account)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function keepRecorded(db: Kysely<Database>, values: Insertable<RecordedTable>): Promise<void> {
  await db.insertInto('recorded').values(values).execute()
}
