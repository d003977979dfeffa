import { type Kysely, type RawBuilder, sql } from 'kysely'
import { withAccount } from '../../db/queries/rls.ts'
import type { Database } from '../../db/schema.ts'
import { NATION, NO_PROVINCE } from '../contract/vocabulary/areas.ts'
import type { DayMetric } from '../contract/vocabulary/metrics.ts'
import { COUNTED, type CountedMetric, type CountedTable } from '../situation/index.ts'
import { dimensionValues } from '../work/cases/rows-behind-metric.ts'

/** Days one request may ask for. */
export const HISTORY_DAYS_MAX = 400
/** A request that reads longer than this ends with an error rather than hold a connection. */
const STATEMENT_MS_MAX = 10_000

export type HistoryQuery = {
  readonly area: string
  readonly metric: DayMetric
  readonly from: string
  readonly to: string
}
/** One day of a history. A day that nobody reported, and that comes to nothing, is in no history: it is not known. */
export type DayCount = {
  readonly day: string
  readonly value: number
  /** provinces that reported it, be it zero */
  readonly reported: number
}
/** `of`: how many provinces the area has, or is, or lies in */
export type History = { readonly days: readonly DayCount[]; readonly of: number }

type Plan = {
  readonly table: CountedTable
  readonly metric: CountedMetric
  readonly dimensions: readonly (readonly [string, string])[]
}

/** Where the situation's table of what is counted says this flow comes from. @throws for a metric that is no flow of it. */
export function planOf(name: DayMetric): Plan {
  const flows = COUNTED.flatMap((table) => table.metrics.filter(({ day }) => day).map((metric) => ({ table, metric })))
  // The longest stem: `doses.group.vhv` is of `doses.group`, not a dose called "group.vhv" of `doses`.
  const [found] = flows
    .filter(({ metric }) => (metric.by ? name.startsWith(`${metric.metric}.`) : name === metric.metric))
    .sort((a, b) => b.metric.metric.length - a.metric.metric.length)
  if (found !== undefined) {
    const by = found.metric.by ?? []
    const values = by.length === 0 ? [] : dimensionValues(name.slice(found.metric.metric.length + 1), by.length)
    return { ...found, dimensions: by.map((column, i) => [column, values[i] ?? ''] as const) }
  }
  throw new RangeError(`${name} is not counted by day`)
}

/** Counts days straight from the tables: days older than the live window, by the same definition as the live cells. */
export function readHistory(db: Kysely<Database>, { area, metric: name, from, to }: HistoryQuery): Promise<History> {
  const { table, metric, dimensions } = planOf(name)
  const day = sql.ref(metric.day ?? '')
  const conditions: RawBuilder<unknown>[] = [sql`${day} between ${from}::date and ${to}::date`]
  if (area !== NATION) conditions.push(sql`starts_with(${sql.ref(table.area)}, ${area})`)
  for (const [column, value] of dimensions) conditions.push(sql`${sql.ref(column)}::text = ${value}`)
  for (const [column, values] of Object.entries(metric.where ?? {})) {
    conditions.push(sql`${sql.ref(column)} = any(${[...values]}::text[])`)
  }
  const value = metric.amount === undefined ? sql`count(*)` : sql`sum(${sql.ref(metric.amount)})`
  const counted = sql`
    select ${day} as day, left(${sql.ref(table.area)}, 2) as province, ${value}::bigint as value, false as said
    from ${sql.table(table.table)} where ${sql.join(conditions, sql` and `)} group by 1, 2`
  const said = sql`
    select day, left(district, 2) as province, 0 as value, true as said from day_reports
    where metric = ${name} and day between ${from}::date and ${to}::date and ${
      area === NATION ? sql`true` : sql`starts_with(district, ${area})`
    }`
  const asked = sql<DayCount>`
    select day, sum(value)::bigint as value,
      count(distinct province) filter (where (said or value <> 0) and province <> ${NO_PROVINCE})::int as reported
    from (${counted} union all ${said}) as each
    group by day having sum(value) <> 0 or bool_or(said) order by day`
  const provinces = sql<{ of: number }>`
    select count(*)::int as of from areas where level = 'province' and (${area} = ${NATION} or code = left(${area}, 2))`
  // The reader was allowed these sums; nobody is shown a row. A role that reads all and changes nothing.
  const context = { account: null, role: 'auditor', areas: [area], facility: null }
  return withAccount(db, context, async (trx) => {
    await sql`select set_config('statement_timeout', ${String(STATEMENT_MS_MAX)}, true)`.execute(trx)
    const { rows: days } = await asked.execute(trx)
    const { rows: areas } = await provinces.execute(trx)
    return { days, of: areas[0]?.of ?? 0 }
  })
}
