import type { Queryable } from './claims-expiry.ts'

/** Holds ended by one statement; a sweep repeats it until fewer come back. */
export const HOLDS_BATCH = 500

/**
 * Ends holds whose time is over: the bed is free again, and the destination has to accept anew. What another
 * transaction works on, transfer, case or beds, is left for the next sweep: it waits for nobody, so it can lock nobody up.
 * The same step as `hold_end` of hub/work/transfers/transfer-rules.ts.
 * @param now ms since 1970
 * @returns how many were ended
 */
export async function expireHolds(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(EXPIRE, [new Date(now), HOLDS_BATCH])
  return rowCount ?? 0
}

const EXPIRE = `
  with due as (
    select transfers.id, transfers.status, transfers.to_facility, transfers.level, held_until from transfers
      join cases on cases.id = case_id
      join beds on beds.facility_id = to_facility and beds.level = transfers.level
    where held_until <= $1 and bed_held
    order by held_until limit $2
    for update of transfers, beds skip locked for no key update of cases skip locked
  ), freed as (
    update beds set held = held - least(held, n), available = available + least(held, n)
    from (select to_facility, level, count(*)::integer as n from due group by to_facility, level) as ended
    where beds.facility_id = ended.to_facility and beds.level = ended.level
  ), ended as (
    update transfers set status = 'approved', bed_held = false, updated_at = $1
    from due where transfers.id = due.id
    returning transfers.id, transfers.case_id, transfers.district, transfers.level, due.to_facility, due.status as was, due.held_until
  )
  insert into case_events (case_id, district, kind, actor_label, source_at, recorded_at, details)
  select case_id, district, 'transfer.hold_ended', 'hold', held_until, $1,
    jsonb_build_object('transfer', id, 'from', was, 'facility', to_facility, 'level', level)
  from ended`
