import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from 'kysely'
import { LIVE_TRANSFER_STATES } from '../../hub/contract/vocabulary/transfers.ts'
import type { Transfers } from '../case-schema.ts'
import type { Database } from '../schema.ts'

export type TransferRow = Selectable<Transfers>

/** @returns `undefined` when the case already has a transfer under way. */
export async function insertTransfer(db: Kysely<Database>, values: Insertable<Transfers>): Promise<number | undefined> {
  const row = await db
    .insertInto('transfers')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function readTransfer(db: Kysely<Database>, id: number): Promise<TransferRow | undefined> {
  return db.selectFrom('transfers').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Its case is locked before it, as every command does. */
export async function lockTransfer(db: Kysely<Database>, id: number): Promise<TransferRow | undefined> {
  return db.selectFrom('transfers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function updateTransfer(db: Kysely<Database>, id: number, set: Updateable<Transfers>): Promise<void> {
  await db.updateTable('transfers').set(set).where('id', '=', id).execute()
}

export async function liveTransferOf(db: Kysely<Database>, caseId: number): Promise<TransferRow | undefined> {
  return db
    .selectFrom('transfers')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('status', 'in', LIVE_TRANSFER_STATES)
    .executeTakeFirst()
}

/** The one under way, or else the one that ended last. */
export async function lastTransferOf(db: Kysely<Database>, caseId: number): Promise<TransferRow | undefined> {
  return db.selectFrom('transfers').selectAll().where('case_id', '=', caseId).orderBy('id', 'desc').executeTakeFirst()
}

/** Transfers under way, or the last one of people who still wait where that was refused; out of or into an area, or towards a facility, oldest first. */
export async function listTransfers(
  db: Kysely<Database>,
  filter: { readonly area?: string | undefined; readonly facility?: number | undefined },
  list: 'under_way' | 'refused',
  afterId: number,
  limit: number,
): Promise<TransferRow[]> {
  let query = db.selectFrom('transfers').selectAll().where('id', '>', afterId)
  if (list === 'under_way') query = query.where('status', 'in', LIVE_TRANSFER_STATES)
  else query = query.where('status', '=', 'rejected').where(STILL_WAITS)
  if (filter.facility !== undefined) query = query.where('to_facility', '=', filter.facility)
  const { area = 'TH' } = filter
  if (area.length === 6) {
    query = query.where(sql<boolean>`exists (select from cases where cases.id = case_id and place = ${area})`)
  } else if (area !== 'TH') {
    query = query.where((each) =>
      each.or([each('district', 'like', `${area}%`), each('to_district', 'like', `${area}%`)]),
    )
  }
  return query.orderBy('id').limit(limit).execute()
}

const STILL_WAITS = sql<boolean>`exists (select from cases where cases.id = case_id and waiting)
  and not exists (select from transfers as later where later.case_id = transfers.case_id and later.id > transfers.id)`

/** What a list of transfers says of their cases. */
export async function casesOfTransfers(db: Kysely<Database>, ids: readonly number[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('cases')
    .select(['id', 'district', 'place', 'severity', 'risk608'])
    .where('id', 'in', ids)
    .execute()
}

/** When the next hold on a bed of the level there ends by itself. */
export async function nextHoldEnd(db: Kysely<Database>, facility: number, level: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('transfers')
    .select((each) => each.fn.min('held_until').as('until'))
    .where('to_facility', '=', facility)
    .where(sql<boolean>`level = ${level}`)
    .executeTakeFirst()
  return row?.until ?? undefined
}

/** Beds that transfers to these facilities hold, by `<facility>.<level>`. */
export async function bedsHeldAt(db: Kysely<Database>, facilities: readonly number[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ at: string; held: number }>`
    select to_facility || '.' || level as at, count(*)::int as held from transfers
    where to_facility = any (${facilities}) and bed_held group by 1`.execute(db)
  return new Map(rows.map((row) => [row.at, row.held]))
}

export async function bedsHeldByTransfers(db: Kysely<Database>, facility: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ level: string; held: number }>`
    select level, count(*) as held from transfers where to_facility = ${facility} and bed_held group by level`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.level, row.held]))
}
