import { type QueryExecutorProvider, sql } from 'kysely'
import { STOCK_HOURS } from '../../hub/contract/vocabulary/stock.ts'
import type { Queryable } from './claims-expiry.ts'

/**
 * A bed count is late when its facility is active and the count is older than the deadline of the facility's kind
 * (table report_deadlines; a kind without one is never late). A level without staffed beds has nothing to count.
 */
const BEDS = `
  with judged as (
    select facility_id, level, facilities.active and staffed > 0
      and coalesce(beds.reported_at < $1::timestamptz - make_interval(secs => report_deadlines.hours * 3600), false) as late
    from beds join facilities on facilities.id = facility_id left join report_deadlines using (kind)
  ), wrong as (
    select facility_id, level, judged.late from judged join beds using (facility_id, level)
    where beds.late <> judged.late for no key update of beds skip locked
  )
  update beds set late = wrong.late from wrong where beds.facility_id = wrong.facility_id and beds.level = wrong.level`

/**
 * A facility is late with its latest of bed counts: when one of them is; one that counts no beds, when it has a deadline
 * and has not reported since, or never has.
 */
const FACILITIES = `
  with judged as (
    select id, active and report_deadlines.hours is not null and coalesce(
      (select bool_or(beds.late) from beds where facility_id = facilities.id and staffed > 0),
      reported_at < $1::timestamptz - make_interval(secs => report_deadlines.hours * 3600), true) as late
    from facilities left join report_deadlines using (kind)
  ), wrong as (
    select id, judged.late from judged join facilities using (id)
    where facilities.late <> judged.late for no key update of facilities skip locked
  )
  update facilities set late = wrong.late from wrong where facilities.id = wrong.id`

/** A count of stock is late when its facility is active and it is older than a day. */
const STOCK = `
  with wrong as (
    select facility_id, item, facilities.active and stock.reported_at < $1::timestamptz - make_interval(hours => ${STOCK_HOURS}) as now
    from stock join facilities on facilities.id = facility_id
    where stock.late <> (facilities.active and stock.reported_at < $1::timestamptz - make_interval(hours => ${STOCK_HOURS}))
    for no key update of stock skip locked
  )
  update stock set late = wrong.now from wrong where stock.facility_id = wrong.facility_id and stock.item = wrong.item`

/**
 * Turns the flags of those that have become late, and of those that are not any more. A row that somebody is writing is
 * left for the next time, so that no report waits for this, and this for none.
 * @param now ms since 1970
 * @returns how many flags it turned
 */
export async function markLate(db: Queryable, now: number): Promise<number> {
  const beds = await db.query(BEDS, [new Date(now)])
  const facilities = await db.query(FACILITIES, [new Date(now)])
  const stock = await db.query(STOCK, [new Date(now)])
  return (beds.rowCount ?? 0) + (facilities.rowCount ?? 0) + (stock.rowCount ?? 0)
}

/** Makes today's census what the beds are, where a count was committed while the day turned. @returns rows written */
export async function mendCensus(db: Queryable): Promise<number> {
  const { rowCount } = await db.query('select from jitasa_take_census() as written where written > 0', [])
  return rowCount ?? 0
}

/** Hours within which a kind of facility has to report, by kind; a kind that is absent reports nothing. */
export async function readDeadlines(db: QueryExecutorProvider): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ kind: string; hours: number }>`select kind, hours from report_deadlines`.execute(db)
  return new Map(rows.map(({ kind, hours }) => [kind, hours]))
}

/** The codes of the provinces, without "not specified". */
export async function provinceCodes(db: QueryExecutorProvider): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from areas where level = 'province' and code <> '00' order by code`.execute(db)
  return rows.map(({ code }) => code)
}
