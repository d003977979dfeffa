import type { Queryable } from './claims-expiry.ts'

/**
 * Since when the oldest waits, by province and for the nation: who needs a place of care since their request for a bed,
 * whose request nobody has taken since it was made, whom nobody has reached since the last contact; and of each bed level
 * the oldest count of an active facility. A province's are the least of what is in it, the nation's of all.
 */
const NOW = `
  asks (province, severity, waiting, unclaimed) as (
    select left(cases.district, 2), severity, min(opened_at) filter (where kind = 'bed'), min(opened_at) filter (where status = 'open')
      from needs join cases on cases.id = case_id where status in ('open', 'claimed', 'in_progress') and (cases.waiting or cases.unclaimed) group by 1, 2
  ), least_of (province, measure, at) as (
    select province, measure, min(asked_at) from asks
      cross join lateral (values ('waiting.any', waiting), ('unclaimed.any', unclaimed),
        ('waiting.' || severity, case when severity in ('red', 'yellow') then waiting end),
        ('unclaimed.' || severity, case when severity = 'red' then unclaimed end)) as asked (measure, asked_at)
      where asked_at is not null group by 1, 2
    union all
    select left(district, 2), 'uncontacted.any', min(coalesce(contacted_at, reported_at)) from cases where uncontacted group by 1
    union all
    select left(beds.district, 2), 'beds.' || level, min(beds.reported_at)
      from beds join facilities on facilities.id = facility_id where active and staffed > 0 group by 1, 2
  ), is_now (area, measure, at) as materialized (
    select coalesce(province, 'TH'), measure, min(at) from least_of group by grouping sets ((province, measure), (measure))
  )`

const WRITE = `
  with ${NOW}, gone as (
    delete from oldest where not exists (select from is_now where is_now.area = oldest.area and is_now.measure = oldest.measure)
    returning 1
  ), written as (
    insert into oldest as held (area, measure, at) select area, measure, at from is_now order by area, measure
    on conflict (area, measure) do update set at = excluded.at where held.at <> excluded.at
    returning 1
  )
  select from gone union all select from written`

/** Writes the table `oldest` where it is not so any more. @returns rows written */
export async function writeOldest(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(WRITE, [])
  return rowCount ?? 0
}
