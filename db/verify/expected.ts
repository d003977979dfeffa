import type pg from 'pg'
import { cellKey } from '../../hub/contract/live/apply.ts'
import { type Reading, tableColumn } from '../../hub/contract/live/columns.ts'
import { columnsOf, type Row, type RowKind, rowKey } from '../../hub/contract/live/rows.ts'
import { cellScopes, firstDay, publicScope, type Scope } from '../../hub/contract/live/scopes.ts'
import { BED_STATES } from '../../hub/contract/vocabulary/beds.ts'
import { cellColumn, type Metric } from '../../hub/contract/vocabulary/metrics.ts'

/** What a scope should hold, by SQL alone. */
export type Expected = { readonly cells: ReadonlyMap<string, number>; readonly rows: ReadonlyMap<string, Row> }

/**
 * Written by hand, metric by metric, and on purpose not derived from hub/situation/counted.ts: an error there must
 * show here. Each gives (metric, day or null, district, n).
 */
const COUNTS: readonly string[] = [
  `select 'cases', report_day, district, count(*) from cases
   where classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') group by 2, 3`,
  `select 'cases.total', null, district, count(*) from cases
   where classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') group by 3`,
  `select 'deaths', outcome_day, district, count(*) from cases
   where classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') and outcome = 'died' group by 2, 3`,
  `select 'deaths.total', null, district, count(*) from cases
   where classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') and outcome = 'died' group by 3`,
  `select 'recovered', outcome_day, district, count(*) from cases
   where classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') and outcome = 'recovered' group by 2, 3`,
  `select 'waiting.' || severity, null, district, count(*) from cases
   where exists (select from needs where case_id = cases.id and kind = 'bed' and status in ('open', 'claimed', 'in_progress'))
   group by 1, 3`,
  `select 'unclaimed.' || severity, null, district, count(*) from cases
   where exists (select from needs where case_id = cases.id and status = 'open') group by 1, 3`,
  `select 'care.' || care_place || '.' || severity, null, district, count(*) from cases
   where care_place in ('hi', 'ci', 'field', 'hospitel', 'hospital') and outcome = 'none' and stage not in ('closed', 'duplicate', 'invalid') group by 1, 3`,
  // A flag that time turns: what should be on is said by the tests of the worker (tests/pg/measured.pg.test.ts).
  `select 'uncontacted.' || severity, null, district, count(*) from cases where uncontacted group by 1, 3`,
  `select 'contact.' || contact_age, null, district, count(*) from cases where contact_age <> 'none' group by 1, 3`,
  `select 'uncalled.' || severity, null, district, count(*) from cases where uncalled group by 1, 3`,
  `select 'sites.' || kind, null, district, count(*) from facilities where active group by 1, 3`,
  `select 'sites.late.' || kind, null, district, count(*) from facilities where active and late group by 1, 3`,
  `select 'beds.late.' || level, null, district, sum(staffed) from beds where late group by 1, 3`,
  `select 'occupied.' || level, day, district, sum(occupied) from bed_census
   where day <> (select day from operation) group by 1, 2, 3`,
  // Of today it is the beds themselves, whatever the triggers have kept.
  `select 'occupied.' || level, (select day from operation), district, sum(occupied) from beds group by 1, 3`,
  ...BED_STATES.map(
    (state) => `select 'beds.${state}.' || level, null, district, sum(${state}) from beds group by 1, 3`,
  ),
  `select 'stock.on_hand.' || item, null, district, sum(on_hand) from stock group by 1, 3`,
  `select 'stock.per_day.' || item, null, district, sum(per_day) from stock group by 1, 3`,
  `select 'stock.sites.' || item, null, district, count(*) from stock group by 1, 3`,
  `select 'stock.late.' || item, null, district, count(*) from stock where late group by 1, 3`,
  `select 'stock.short.' || item, null, district, count(*) from stock where on_hand < 3 * per_day group by 1, 3`,
  `select 'needs.' || kind || '.' || status, null, district, count(*) from needs
   where status in ('open', 'claimed', 'in_progress') group by 1, 3`,
  `select 'lapsed', null, district, count(*) from needs where status = 'open' and freed = 'expired' group by 3`,
  `select 'claims.' || claim_bucket, claim_day, district, count(*) from needs where isfinite(claim_day) group by 1, 2, 3`,
  `select 'doses.group.' || target_group, day, district, sum(doses) from vaccinations group by 1, 2, 3`,
  `select kind || '.' || subject, day, district, sum(amount) from revisions group by 1, 2, 3`,
  `select 'doses.' || dose, day, district, sum(doses) from vaccinations group by 1, 2, 3`,
  `select 'doses.total.' || dose, null, district, sum(doses) from vaccinations group by 1, 3`,
  `select 'given.' || target_group || '.' || dose, null, district, sum(doses) from vaccinations
   where target_group <> 'unknown' group by 1, 3`,
  `select 'doses.vaccine.' || vaccine, day, district, sum(doses) from vaccinations group by 1, 2, 3`,
  `select 'planned', day, district, sum(doses) from dose_plans group by 2, 3`,
  `select 'residents.' || target_group, null, district, sum(residents) from residents group by 1, 3`,
  `select 'doses.late', day, district, sum(doses) from vaccinations where kind = 'late' group by 2, 3`,
  `select 'doses.corrected', day, district, sum(doses) from vaccinations where kind = 'correction' group by 2, 3`,
  `select 'tests.' || kind, day, district, sum(tested) from tests group by 1, 2, 3`,
  `select 'positive.' || kind, day, district, sum(positive) from tests group by 1, 2, 3`,
  `select 'reported.' || metric, day, district, count(*) from day_reports group by 1, 2, 3`,
]

/** Districts, the provinces above them, the nation above those. */
const CELLS = `
  with counted (metric, day, district, n) as (${COUNTS.map((text) => `(${text})`).join(' union all ')})
  select metric, day::text, district as area, sum(n)::float8 as n from counted group by metric, day, district
  union all
  select metric, day::text, left(district, 2), sum(n)::float8 from counted group by metric, day, left(district, 2)
  union all
  select metric, day::text, 'TH', sum(n)::float8 from counted group by metric, day`

/** What those without an account see of a district: of people by fives, rounded down, and none of no known district. */
const AS_PUBLIC = `case when metric ~ '^(beds|occupied|sites|reported|stock)[.]' then n
  when area like '__00' then 0 else floor(n / 5) * 5 end`

/** What PostgreSQL makes of a column for the wire; the fold makes the same of the text of a change. */
const VALUE: Readonly<Record<Reading, (column: string) => string>> = {
  text: (column) => `${column}::text`,
  number: (column) => column,
  flag: (column) => column,
  ms: (column) => `floor(extract(epoch from ${column}) * 1000)`,
  account: (column) => `jitasa_account_key(${column})`,
}

/** @param id SQL */
function rowOf(kind: RowKind, id: string): string {
  const values = columnsOf(kind).map(([name, column]) => {
    const first = VALUE[column.as](tableColumn(name, column))
    return column.orFrom === undefined ? first : `coalesce(${first}, ${VALUE[column.as](column.orFrom)})`
  })
  return `jsonb_build_array('${kind}', ${[id, ...values].join(', ')}) as row`
}

/** A province's scopes: for accounts, and for everybody. */
const BOTH_PROVINCES = `(values ('province'), ('public')) as kinds (kind)`

/**
 * The rows that travel, each with its scope (none: all). Which rows, and where they stand, is written by hand as the
 * counts are; the columns and their order are those of ROWS.
 */
const ROWS = `
  select null as scope, ${rowOf('operation', 'id::text')} from operation
  union all
  select kind || ':' || left(district, 2), row
    from (select district, ${rowOf('facility', 'id::text')} from facilities where active) as each, ${BOTH_PROVINCES}
  union all
  select kind || ':' || left(district, 2), row
    from (select district, ${rowOf('beds', "facility_id || '.' || level")} from beds) as each, ${BOTH_PROVINCES}
  union all
  select 'province:' || left(district, 2), ${rowOf('stock', "facility_id || '.' || item")} from stock
  union all
  select 'province:' || left(district, 2), ${rowOf('unit', "facility_id || '.' || kind")} from care_units
  union all
  select 'province:' || left(district, 2), ${rowOf('reconciliation', "facility_id || '.' || level")} from reconciliations
  union all
  select scope, ${rowOf('oldest', "area || '.' || measure")}
    from oldest cross join lateral (values ('nation'), ('province:' || area)) as at_scope (scope)
    where scope = 'nation' or area <> 'TH'
  union all
  select null, ${rowOf('threshold', 'indicator')} from thresholds
  union all
  select null, ${rowOf('audit', 'id::text')} from audit_head
  union all
  select scope, ${rowOf('alert', 'id::text')}
    from alerts cross join lateral (values ('alerts'), ('alerts:' || left(area, 2))) as at_scope (scope)
    where state <> 'cleared' and scope <> 'alerts:TH'
  union all
  select scope, ${rowOf('flood', 'area')}
    from alert_floods cross join lateral (values ('alerts'), ('alerts:' || area)) as at_scope (scope)
    where scope <> 'alerts:TH'
  union all
  select 'board:' || left(district, 2), ${rowOf('case', 'id::text')} from cases where on_board
  union all
  select 'board:' || left(district, 2), ${rowOf('need', 'id::text')}
    from needs where status in ('open', 'claimed', 'in_progress')
  union all
  select 'board:' || left(district, 2), ${rowOf('resource', 'id::text')} from resources where status in ('open', 'claimed')
  union all
  select 'board:' || left(district, 2), ${rowOf('call', 'id::text')} from calls where state in ('waiting', 'owed', 'claimed')
  union all
  select 'command:' || left(area, 2), ${rowOf('period', 'id::text')} from periods where status in ('running', 'handed_over')
  union all
  select 'command:' || left(area, 2), ${rowOf('objective', 'id::text')} from objectives where state in ('open', 'doing')
  union all
  select 'command:' || left(area, 2), ${rowOf('message', 'id::text')} from command_messages where state = 'live'
  union all
  select 'command:' || left(area, 2), ${rowOf('logged', 'area')} from command_marks
  union all
  select 'screen:' || screen_id, ${rowOf('order', 'id::text')} from screen_orders where state = 'live'
  union all
  select 'board:' || left(district, 2), ${rowOf('presence', "case_id || '.' || jitasa_account_key(account_id)")} from presence
  union all
  select scope, ${rowOf('transfer', 'id::text')}
    from transfers cross join lateral (select 'board:' || left(district, 2) union select 'board:' || left(to_district, 2)
      union select 'facility:' || to_facility) as at (scope)
    where status in ('requested', 'approved', 'accepted', 'transport', 'en_route')
      and (scope like 'board:%' or scope is not null and status <> 'requested')`

type Counted = {
  readonly metric: Metric
  readonly day: string | null
  readonly area: string
  readonly n: number
  readonly shown: number
}

/** Every scope's cells and rows in the snapshot that the client's transaction has. */
export async function expectedFromSql(
  client: pg.Pool | pg.ClientBase,
  scopes: readonly Scope[],
): Promise<Map<Scope, Expected>> {
  const operation = await client.query<{ today: string }>('select day::text as today from operation')
  const today = operation.rows[0]?.today ?? ''
  const byScope = new Map(
    scopes.map((scope) => [scope, { cells: new Map<string, number>(), rows: new Map<string, Row>() }]),
  )
  const counted = await client.query<Counted>(`select *, ${AS_PUBLIC} as shown from (${CELLS}) as cells`)
  for (const { metric, day, area, n, shown } of counted.rows) {
    const set = (scope: Scope, value: number) => {
      if (value === 0 || (day !== null && !isShown(day, scope, area, today))) return
      byScope.get(scope)?.cells.set(cellKey(cellColumn(metric, day ?? undefined), area), value)
    }
    for (const scope of cellScopes(area)) set(scope, n)
    if (area.length === 4) set(publicScope(area), shown)
  }
  const travelling = await client.query<{ scope: Scope | null; row: Row }>(ROWS)
  for (const { scope, row } of travelling.rows) {
    const key = rowKey(row[0], row[1])
    if (scope === null) for (const expected of byScope.values()) expected.rows.set(key, row)
    else byScope.get(scope)?.rows.set(key, row)
  }
  return byScope
}

/** `-infinity` marks a day that is not known; it is older than any. */
function isShown(day: string, scope: Scope, area: string, today: string): boolean {
  return day !== '-infinity' && day >= firstDay(scope, area, today)
}
