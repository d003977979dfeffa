import { type Insertable, type Kysely, type QueryExecutorProvider, type Selectable, sql } from 'kysely'
import type { Stage } from '../../hub/contract/vocabulary/stages.ts'
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

export type Erasable = {
  readonly id: number
  readonly district: string
  readonly stage: Stage
  /** the newest request that has become the case, whose person then sees it and can take it back */
  readonly request: string | null
  /** an erasure waits already */
  readonly asked: boolean
}

/** The cases of a person that were merged into no other; as the owner. @param cases all of them */
export async function erasableCases(db: QueryExecutorProvider, cases: readonly number[]): Promise<Erasable[]> {
  const { rows } = await sql<Erasable>`
    with recursive family (head, id) as (
      select id, id from cases where id = any (${cases}::bigint[]) and merged_into is null
      union select head, cases.id from family join cases on cases.merged_into = family.id
    )
    select id, district, stage,
      (select help_requests.id from help_requests join family on family.id = case_id where head = cases.id
        order by created_at desc limit 1) as request,
      exists (select from data_requests join family on family.id = case_id where head = cases.id
        and kind = 'erase' and stopped_at is null and done_at is null) as asked
    from cases where id in (select head from family) order by id`.execute(db)
  return rows
}

/** Takes the erasures of these cases back that have not happened; as the owner. @returns their cases */
export async function stopErasures(
  db: QueryExecutorProvider,
  cases: readonly number[],
  at: Date,
): Promise<readonly { readonly id: number; readonly district: string }[]> {
  const { rows } = await sql<{ id: number; district: string }>`
    update data_requests set stopped_at = ${at} from cases
    where cases.id = case_id and case_id = any (${cases}::bigint[])
      and kind = 'erase' and stopped_at is null and done_at is null
    returning cases.id, district`.execute(db)
  return rows
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
