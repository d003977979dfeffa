import { type Kysely, type RawBuilder, sql } from 'kysely'
import { withAccount } from '../../db/queries/rls.ts'
import type { Database } from '../../db/schema.ts'
import { COUNTED, type CountedMetric, type CountedTable } from '../situation/index.ts'
import { NATION } from '../wire/areas.ts'
import type { DayMetric } from '../wire/metrics.ts'

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
/** days that are not 0, ascending */
export type DayCounts = readonly (readonly [day: string, value: number])[]

type Plan = {
  readonly table: CountedTable
  readonly metric: CountedMetric
  readonly dimensions: readonly (readonly [string, string])[]
}

/** Where the situation's table of what is counted says this flow comes from. @throws for a metric that is no flow of it. */
export function planOf(name: DayMetric): Plan {
  const flows = COUNTED.flatMap((table) => table.metrics.filter(({ day }) => day).map((metric) => ({ table, metric })))
  const whole = flows.find(({ metric }) => metric.by === undefined && metric.metric === name)
  if (whole !== undefined) return { ...whole, dimensions: [] }
  for (const { table, metric } of flows) {
    if (metric.by === undefined || !name.startsWith(`${metric.metric}.`)) continue
    const values = name.slice(metric.metric.length + 1).split('.')
    if (values.length !== metric.by.length) continue
    return { table, metric, dimensions: metric.by.map((column, i) => [column, values[i] ?? ''] as const) }
  }
  throw new RangeError(`${name} is not counted by day`)
}

/** Counts days straight from the tables: days older than the live window, by the same definition as the live cells. */
export function readHistory(db: Kysely<Database>, { area, metric: name, from, to }: HistoryQuery): Promise<DayCounts> {
  const { table, metric, dimensions } = planOf(name)
  const day = sql.ref(metric.day ?? '')
  const conditions: RawBuilder<unknown>[] = [sql`${day} between ${from}::date and ${to}::date`]
  if (area !== NATION) conditions.push(sql`starts_with(${sql.ref(table.area)}, ${area})`)
  for (const [column, value] of dimensions) conditions.push(sql`${sql.ref(column)}::text = ${value}`)
  for (const [column, values] of Object.entries(metric.where ?? {})) {
    conditions.push(sql`${sql.ref(column)} = any(${[...values]}::text[])`)
  }
  const value = metric.amount === undefined ? sql`count(*)` : sql`sum(${sql.ref(metric.amount)})`
  const asked = sql<{ day: string; value: number }>`
    select ${day} as day, ${value}::bigint as value from ${sql.table(table.table)}
    where ${sql.join(conditions, sql` and `)} group by ${day} having ${value} <> 0 order by ${day}`
  // The reader was allowed these sums; nobody is shown a row.
  const context = { account: null, role: '', areas: [area], facility: null }
  return withAccount(db, context, async (trx) => {
    await sql`select set_config('statement_timeout', ${String(STATEMENT_MS_MAX)}, true)`.execute(trx)
    const { rows } = await asked.execute(trx)
    return rows.map((row) => [row.day, row.value] as const)
  })
}
