import { type QueryExecutorProvider, sql } from 'kysely'

/** Cells of an area as they were at a moment. */
export type CellAsOf = { readonly column: string; readonly value: number }

/**
 * What was counted at `at` of what can be told afterwards: people who waited for a bed, beds as last counted, and of `day`
 * the cases, doses and tests that had been recorded. Severities are those of now; a report that was taken back later counts.
 */
export async function cellsAsOf(
  db: QueryExecutorProvider,
  area: string,
  { at, day }: { readonly at: Date; readonly day: string },
): Promise<readonly CellAsOf[]> {
  const here = (district: string) => sql`(${area} = 'TH' or starts_with(${sql.ref(district)}, ${area}))`
  const { rows } = await sql<CellAsOf>`
    select 'waiting.' || severity as column, count(distinct cases.id)::int as value
      from cases join needs on case_id = cases.id
      where kind = 'bed' and opened_at <= ${at} and (ended_at is null or ended_at > ${at}) and ${here('cases.district')}
      group by severity
    union all
    select 'cases@' || ${day}::text, count(*)::int from cases
      where report_day = ${day}::date and reported_at <= ${at} and classification in ('probable', 'confirmed')
        and stage not in ('duplicate', 'invalid') and ${here('district')}
    union all
    select 'doses.' || dose || '@' || ${day}::text, sum(doses)::int from vaccinations
      where day = ${day}::date and recorded_at <= ${at} and ${here('district')} group by dose
    union all
    select counted.metric || '.' || kind || '@' || ${day}::text, sum(counted.value)::int
      from tests cross join lateral (values ('tests', tested), ('positive', positive)) as counted (metric, value)
      where day = ${day}::date and recorded_at <= ${at} and ${here('district')} group by counted.metric, kind
    union all
    select 'beds.' || counted.state || '.' || level, sum(counted.value)::int
      from (select distinct on (facility_id, level) bed_reports.* from bed_reports join facilities on facilities.id = facility_id
            where recorded_at <= ${at} and (undone_at is null or undone_at > ${at}) and ${here('facilities.district')}
            order by facility_id, level, recorded_at desc, bed_reports.id desc) as last
        cross join lateral (values ('staffed', staffed), ('available', available), ('held', held), ('occupied', occupied),
          ('cleaning', cleaning), ('blocked', blocked)) as counted (state, value)
      group by counted.state, level`.execute(db)
  return rows
}
