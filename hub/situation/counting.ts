import { NATION, parentArea } from '../contract/vocabulary/areas.ts'
import type { RowChange, Tuple } from './change.ts'
import { type CountedMetric, type CountedTable, countedColumns } from './counted.ts'

/** The column of a metric for a row's dimensions: `waiting.red`, `doses.1@2021-11-11`. */
export function metricColumn(metric: CountedMetric, row: Tuple): string {
  let column = metric.metric
  for (const by of metric.by ?? []) column += `.${row[by]}`
  return metric.day === undefined ? column : `${column}@${row[metric.day]}`
}

function counts(metric: CountedMetric, row: Tuple): boolean {
  for (const column in metric.where) {
    const value = row[column]
    if (value == null || !metric.where[column]?.includes(value)) return false
  }
  return true
}

/** Days PostgreSQL calls `-infinity` and `infinity` stand for "not known"; they are in no window. */
function realDay(metric: CountedMetric, row: Tuple): boolean {
  return metric.day === undefined || !row[metric.day]?.endsWith('infinity')
}

type Add = (
  column: string,
  day: string | undefined,
  area: string,
  amount: number,
  metric: CountedMetric,
  row: Tuple,
) => void

/** Calls `add` for each cell a row adds to; `sign` is −1 for the row's state before an UPDATE or DELETE. */
export function contributions(table: CountedTable, row: Tuple, sign: 1 | -1, add: Add): void {
  const area = row[table.area]
  if (area == null) throw new Error(`${table.table}: a change without ${table.area}; is the identity index complete?`)
  for (const metric of table.metrics) {
    if (!counts(metric, row) || !realDay(metric, row)) continue
    const amount = metric.amount === undefined ? 1 : Number(row[metric.amount])
    if (!Number.isSafeInteger(amount))
      throw new Error(`${table.table}.${metric.amount} is no integer: ${row[metric.amount ?? '']}`)
    if (amount === 0) continue
    add(metricColumn(metric, row), metric.day && (row[metric.day] ?? undefined), area, sign * amount, metric, row)
  }
}

const COLUMNS = new WeakMap<CountedTable, readonly string[]>()

/** Whether an UPDATE left all counted columns as they were: the common case, which then costs nothing. */
function sameGroup(table: CountedTable, before: Tuple, after: Tuple): boolean {
  let columns = COLUMNS.get(table)
  if (columns === undefined) {
    columns = countedColumns(table)
    COLUMNS.set(table, columns)
  }
  return columns.every((column) => before[column] === after[column])
}

/** Calls `add` for each cell that a change moves: what the row's state before takes away, and what that after brings. */
export function countChange(table: CountedTable, change: RowChange, add: Add): void {
  if (change.kind === 'insert') contributions(table, change.row, 1, add)
  else if (change.kind === 'delete') contributions(table, change.old, -1, add)
  else if (change.old !== null && !sameGroup(table, change.old, change.row)) {
    contributions(table, change.old, -1, add)
    contributions(table, change.row, 1, add)
  }
}

const ABOVE = new Map<string, readonly string[]>()

/** An area and all areas above it, the nation last. */
export function areaAndAbove(area: string): readonly string[] {
  const known = ABOVE.get(area)
  if (known) return known
  const out: string[] = []
  for (let at: string | undefined = area; at !== undefined; at = parentArea(at)) out.push(at)
  if (out.at(-1) !== NATION) throw new Error(`not an area: ${area}`)
  ABOVE.set(area, out)
  return out
}
