import { addDays } from '../contract/vocabulary/days.ts'
import { DAYS_INSIDE, DAYS_OWN } from '../contract/vocabulary/metrics.ts'
import { COUNTED, type CountedMetric, type CountedTable, type RowTable } from '../situation/index.ts'

/**
 * The groups of those metrics of a table that have the same dimensions, in one scan. `columns` names what the query
 * returns first; after them comes one count or sum for each of `metrics`, null or 0 where a group has none of it.
 */
export type GroupQuery = {
  readonly table: string
  readonly columns: readonly string[]
  /** indexes into the table's metrics */
  readonly metrics: readonly number[]
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
  return COUNTED.flatMap((table) => {
    const sharing = Map.groupBy(table.metrics.keys(), (index) => dimensions(table, metricAt(table, index)).join())
    return [...sharing.values()].map((metrics) => groupQuery(table, metrics, today))
  })
}

function metricAt(table: CountedTable, index: number): CountedMetric {
  const metric = table.metrics[index]
  if (metric === undefined) throw new RangeError(`${table.table} has no metric ${index}`)
  return metric
}

function dimensions(table: CountedTable, metric: CountedMetric): readonly string[] {
  return [table.area, ...(metric.by ?? []), ...(metric.day === undefined ? [] : [metric.day])]
}

function groupQuery(table: CountedTable, indexes: readonly number[], today: string): GroupQuery {
  const metrics = indexes.map((index) => metricAt(table, index))
  const first = metricAt(table, indexes[0] ?? 0)
  const columns = dimensions(table, first)
  const groups = columns.map(identifier)
  if (first.day !== undefined) groups[0] = areaByAge(identifier(table.area), first.day, today)
  const terms = metrics.map((metric) => conditionsOf(metric, today))
  const shared = (terms[0] ?? []).filter((term) => terms.every((of) => of.includes(term)))
  // What all metrics ask is asked once, by `where`; each row then only for what tells them apart.
  const own = terms.map((of) => of.filter((term) => !shared.includes(term)).join(' and '))
  const amounts = metrics.map(({ amount }) => (amount === undefined ? 'count(*)' : `sum(${identifier(amount)})`))
  const values = amounts.map((amount, i) => (own[i] === '' ? amount : `${amount} filter (where ${own[i]})`))
  const any = own.includes('') ? [] : [`(${[...new Set(own)].map((each) => `(${each})`).join(' or ')})`]
  const where = [...shared, ...any].join(' and ') || 'true'
  const ordinals = groups.map((_, i) => i + 1).join(', ')
  const sql = `select ${[...groups, ...values].join(', ')} from ${identifier(table.table)} where ${where} group by ${ordinals}`
  return { table: table.table, columns, metrics: indexes, sql }
}

function areaByAge(area: string, day: string, today: string): string {
  const firstInside = addDays(today, 1 - DAYS_INSIDE)
  return `case when ${identifier(day)} >= ${literal(firstInside)} then ${area} else left(${area}, 2) end`
}

function conditionsOf(metric: CountedMetric, today: string): readonly string[] {
  const terms = Object.entries(metric.where ?? {}).map(
    ([column, values]) => `${identifier(column)} in (${values.map(literal).join(', ')})`,
  )
  if (metric.day === undefined) return terms
  const day = identifier(metric.day)
  return [...terms, `${day} >= ${literal(addDays(today, 1 - DAYS_OWN))}`, `${day} < 'infinity'`]
}

/** The rows of a table that travels as rows. */
export function rowQuery(table: Pick<RowTable, 'table' | 'columns' | 'where'>): string {
  const where = table.where === undefined ? '' : ` where ${table.where}`
  return `select ${table.columns.map(identifier).join(', ')} from ${identifier(table.table)}${where}`
}
