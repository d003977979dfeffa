import type { Queryable } from './claims-expiry.ts'

/**
 * Since when the oldest waits, by province and for the nation: who needs a place of care since their request for a bed,
 * whose request nobody has taken since it was made, whom nobody has reached since the last contact; and of each bed level
 * the oldest count of an active facility. A province's are the least of what is in it, the nation's of all.
 */
const NOW = `
  waits (province, measure, severity, at) as (
    select left(cases.district, 2), 'waiting', severity, needs.opened_at
      from cases join needs on case_id = cases.id and kind = 'bed' and status in ('open', 'claimed', 'in_progress') where waiting
    union all
    select left(cases.district, 2), 'unclaimed', severity, needs.opened_at
      from cases join needs on case_id = cases.id and status = 'open' where unclaimed
    union all
    select left(district, 2), 'uncontacted', severity, coalesce(contacted_at, reported_at) from cases where uncontacted
    union all
    select left(beds.district, 2), 'beds', level, beds.reported_at
      from beds join facilities on facilities.id = facility_id where active and staffed > 0
  ), least_of (province, measure, at) as (
    select province, measure || '.' || severity, min(at) from waits
      where measure = 'beds' or (measure = 'waiting' and severity in ('red', 'yellow'))
        or (measure = 'unclaimed' and severity = 'red')
      group by 1, measure, severity
    union all
    select province, measure || '.any', min(at) from waits where measure <> 'beds' group by 1, measure
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
