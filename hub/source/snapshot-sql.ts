import { COUNTED, type CountedMetric, type CountedTable, type RowTable } from '../situation/index.ts'
import { addDays, DAYS_INSIDE, DAYS_OWN } from '../wire/metrics.ts'

/** One metric's groups: `columns` names what the query returns, in order; the last is the count or the sum. */
export type GroupQuery = {
  readonly table: string
  readonly metric: number
  readonly columns: readonly string[]
  readonly sql: string
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * What a snapshot reads of the counted tables when the operation's day is `today`.
 *
 * A flow's days are read as far as a scope shows them: 120 days, and by district only the last 14. Older days are
 * grouped by province (the first two digits stand in the area column), which adds to province and nation exactly as
 * the districts would; their district cells are in no scope, and the fold drops changes to them. Days ahead of
 * `today` are read too, for when the operation's day reaches them.
 */
export function groupQueries(today: string): readonly GroupQuery[] {
  return COUNTED.flatMap((table) => table.metrics.map((metric, index) => groupQuery(table, metric, index, today)))
}

function groupQuery(table: CountedTable, metric: CountedMetric, index: number, today: string): GroupQuery {
  const area = identifier(table.area)
  const groups = [metric.day === undefined ? area : areaByAge(area, metric.day, today)]
  const columns = [table.area]
  for (const by of metric.by ?? []) {
    groups.push(identifier(by))
    columns.push(by)
  }
  if (metric.day !== undefined) {
    groups.push(identifier(metric.day))
    columns.push(metric.day)
  }
  const amount = metric.amount === undefined ? 'count(*)' : `sum(${identifier(metric.amount)})`
  const ordinals = groups.map((_, i) => i + 1).join(', ')
  const sql = `select ${groups.join(', ')}, ${amount} from ${identifier(table.table)}${where(metric, today)} group by ${ordinals}`
  return { table: table.table, metric: index, columns, sql }
}

function areaByAge(area: string, day: string, today: string): string {
  const firstInside = addDays(today, 1 - DAYS_INSIDE)
  return `case when ${identifier(day)} >= ${literal(firstInside)} then ${area} else left(${area}, 2) end`
}

function where(metric: CountedMetric, today: string): string {
  const terms = Object.entries(metric.where ?? {}).map(
    ([column, values]) => `${identifier(column)} in (${values.map(literal).join(', ')})`,
  )
  if (metric.day !== undefined) {
    terms.push(`${identifier(metric.day)} >= ${literal(addDays(today, 1 - DAYS_OWN))}`)
    terms.push(`${identifier(metric.day)} < 'infinity'`)
  }
  return terms.length === 0 ? '' : ` where ${terms.join(' and ')}`
}

/** The rows of a table that travels as rows. */
export function rowQuery(table: Pick<RowTable, 'table' | 'columns' | 'where'>): string {
  const where = table.where === undefined ? '' : ` where ${table.where}`
  return `select ${table.columns.map(identifier).join(', ')} from ${identifier(table.table)}${where}`
}
