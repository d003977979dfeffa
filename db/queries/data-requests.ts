import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { DataRequests } from '../case-schema.ts'
import { openValue } from '../personal/index.ts'
import type { Database } from '../schema.ts'

export type DataRequestRow = Selectable<DataRequests>

export async function insertDataRequest(db: Kysely<Database>, values: Insertable<DataRequests>): Promise<void> {
  await db.insertInto('data_requests').values(values).execute()
}

/** What the person of a request has asked about their data, newest first. */
export async function dataRequestsOf(db: Kysely<Database>, request: string): Promise<readonly DataRequestRow[]> {
  return db.selectFrom('data_requests').selectAll().where('request_id', '=', request).orderBy('id', 'desc').execute()
}

/** Takes an erasure back that has not happened. @returns whether there was one */
export async function stopErasure(db: Kysely<Database>, request: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('data_requests')
    .set({ stopped_at: at })
    .where('request_id', '=', request)
    .where('kind', '=', 'erase')
    .where('stopped_at', 'is', null)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Every case of a request: what it has become and what was merged into that. */
export async function casesOfRequest(
  db: Kysely<Database>,
  request: string,
): Promise<readonly { readonly id: number; readonly district: string }[]> {
  const { rows } = await sql<{
    id: number
    district: string
  }>`select id, district from jitasa_my_cases(${request})`.execute(db)
  return rows
}

export type OwnNote = {
  readonly kind: 'contact' | 'call'
  readonly at: Date
  readonly number: string | null
  readonly note: string | null
}

type SealedNote = Pick<OwnNote, 'kind' | 'at'> & {
  readonly id: number
  readonly number: Buffer | null
  readonly note: Buffer | null
}

export async function notesOfRequest(db: Kysely<Database>, request: string): Promise<readonly OwnNote[]> {
  const { rows } = await sql<SealedNote>`
    select kind, id, at, number, note from jitasa_my_notes(${request}) order by at`.execute(db)
  return Promise.all(
    rows.map(async ({ kind, id, at, number, note }) => {
      const opened = (column: 'phone' | 'note', value: Buffer | null) =>
        value && openValue(db, kind === 'call' ? 'call_numbers' : 'contact_notes', column, id, value)
      return { kind, at, number: await opened('phone', number), note: await opened('note', note) }
    }),
  )
}
