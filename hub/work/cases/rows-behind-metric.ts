import { COUNTED } from '../../situation/counted.ts'

/** The rows behind a number: table, what each column must be, and which column holds the day. */
export type RowsBehind = {
  readonly table: string
  readonly where: Readonly<Record<string, readonly string[]>>
  readonly day: string | undefined
  /** the column that is summed; without it, rows are counted */
  readonly amount?: string | undefined
}

/**
 * Derived from the same table as the count itself, so the list cannot disagree with its number.
 * @param metric e.g. `waiting.red`, `cases`, `needs.bed.open`, `doses.2`; a metric that ends early is the sum of all
 *   that begin so: `waiting`, `care.hospital`, `doses`
 * @returns `undefined` for a metric nobody counts
 */
export function rowsBehindMetric(metric: string): RowsBehind | undefined {
  const candidates = COUNTED.flatMap(({ table, metrics }) => metrics.map((counted) => ({ table, counted })))
    .filter(({ counted }) => metric === counted.metric || (counted.by && metric.startsWith(`${counted.metric}.`)))
    .sort((a, b) => b.counted.metric.length - a.counted.metric.length)
  // The longest stem: `doses.total.1` is of `doses.total`, not a dose called "total.1" of `doses`.
  const [found] = candidates
  if (found === undefined) return undefined
  const { table, counted } = found
  const by = counted.by ?? []
  const values = metric === counted.metric ? [] : dimensionValues(metric.slice(counted.metric.length + 1), by.length)
  if (values.includes('')) return undefined
  const named = values.map((value, i) => [by[i] ?? '', [value]] as const)
  if (!named.every(([column, [value = '']]) => counted.where?.[column]?.includes(value) ?? true)) return undefined
  return { table, where: { ...counted.where, ...Object.fromEntries(named) }, day: counted.day, amount: counted.amount }
}

/** The values of a metric's dimensions after its stem. The last one takes what is left: `2.1` is one value when one is wanted, a bed level. */
export function dimensionValues(rest: string, wanted: number): readonly string[] {
  const parts = rest.split('.')
  return parts.length <= wanted ? parts : [...parts.slice(0, wanted - 1), parts.slice(wanted - 1).join('.')]
}
