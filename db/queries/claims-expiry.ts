/** Claims freed by one statement; a sweep repeats it until fewer come back. */
export const EXPIRE_BATCH = 500

/**
 * Frees claims whose lease has run out, with a history row each. A need that another transaction holds, or whose case
 * it holds, is left for the next sweep.
 * @param now ms since 1970
 * @returns how many were freed
 */
export async function expireLeases(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(EXPIRE, [new Date(now), EXPIRE_BATCH])
  return rowCount ?? 0
}

export type Queryable = { query(text: string, values: unknown[]): Promise<{ rowCount: number | null; rows: object[] }> }

const EXPIRE = `
  with due as (
    select needs.id, claimed_by, holder_label, lease_until from needs join cases on cases.id = case_id
    where claimed_by is not null and lease_until <= $1
    order by lease_until limit $2 for update of needs skip locked for no key update of cases skip locked
  ), freed as (
    update needs set status = 'open', freed = 'expired', claimed_by = null, holder_label = null, claimed_at = null,
      lease_until = null, asked_at = null, asked_by = null, asked_label = null, offered_to = null, offered_label = null
    from due where needs.id = due.id
    returning needs.id, needs.case_id, needs.district, needs.fence, due.claimed_by as holder, due.holder_label, due.lease_until
  )
  insert into case_events (case_id, need_id, district, kind, actor_label, source_at, recorded_at, details)
  select case_id, id, district, 'need.expired', 'lease', lease_until, $1,
    jsonb_build_object('holder', holder, 'label', holder_label, 'fence', fence)
  from freed`
