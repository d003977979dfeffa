import type pg from 'pg'
import { columnDay } from '../../hub/wire/metrics.ts'
import { cellScopes, firstDay, type Scope } from '../../hub/wire/scopes.ts'

/**
 * What every cell should be, by SQL written by hand: it must not share a line with hub/situation/counted.ts.
 * A district's rows add to itself, its province and the nation.
 */
const CELLS = `
  with counted (metric, day, district, n) as (
    select 'cases', report_day, district, count(*) from cases where classification in ('probable', 'confirmed') group by 2, 3
    union all select 'cases.total', null, district, count(*) from cases where classification in ('probable', 'confirmed') group by 3
    union all select case outcome when 'died' then 'deaths' else 'recovered' end, outcome_day, district, count(*) from cases
      where classification in ('probable', 'confirmed') and outcome in ('died', 'recovered') group by 1, 2, 3
    union all select 'deaths.total', null, district, count(*) from cases
      where classification in ('probable', 'confirmed') and outcome = 'died' group by 3
    union all select 'waiting.' || severity, null, district, count(*) from cases
      where care_place = 'waiting' and outcome = 'none' group by 1, 3
    union all select 'care.' || care_place || '.' || severity, null, district, count(*) from cases
      where care_place in ('hi', 'ci', 'field', 'hospitel', 'hospital') and outcome = 'none' group by 1, 3
    union all select 'beds.' || state || '.' || level, null, district, sum(amount) from beds,
      lateral (values ('staffed', staffed), ('available', available), ('held', held), ('occupied', occupied),
        ('cleaning', cleaning), ('blocked', blocked)) as each (state, amount) group by 1, 3
    union all select 'doses.' || dose, day, district, sum(doses) from vaccinations group by 1, 2, 3
    union all select 'doses.total.' || dose, null, district, sum(doses) from vaccinations group by 1, 3
    union all select case kind when 'late' then 'doses.late' else 'doses.corrected' end, day, district, sum(doses)
      from vaccinations where kind in ('late', 'correction') group by 1, 2, 3
    union all select 'tests.' || kind, day, district, sum(tested) from tests group by 1, 2, 3
    union all select 'positive.' || kind, day, district, sum(positive) from tests group by 1, 2, 3
    union all select 'needs.' || kind || '.' || status, null, district, count(*)
      from needs where status in ('open', 'claimed', 'in_progress') group by 1, 3
  )
  select metric || coalesce('@' || day, '') as "column", area, sum(n)::float8 as value
  from counted, lateral (values (district), (left(district, 2)), ('TH')) as above (area)
  where day is null or isfinite(day)
  group by 1, 2 having sum(n) <> 0`

/** Every non-zero cell a scope should hold, keyed `<column>|<area>`. */
export async function trueCells(client: pg.Pool | pg.ClientBase, scope: Scope): Promise<Map<string, number>> {
  const operation = await client.query<{ today: string }>('select day::text as today from operation')
  const today = operation.rows[0]?.today ?? ''
  const { rows } = await client.query<{ column: string; area: string; value: number }>(CELLS)
  return new Map(
    rows
      .filter(({ column, area }) => cellScopes(area).includes(scope) && inWindow(scope, column, area, today))
      .map(({ column, area, value }) => [`${column}|${area}`, value]),
  )
}

function inWindow(scope: Scope, column: string, area: string, today: string): boolean {
  const day = columnDay(column)
  return day === undefined || day >= firstDay(scope, area, today)
}
