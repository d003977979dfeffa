import { COUNTED } from '../situation/counted.ts'

/** The rows behind a number: table, what each column must be, and which column holds the day. */
export type Behind = {
  readonly table: string
  readonly where: Readonly<Record<string, readonly string[]>>
  readonly day: string | undefined
}

/**
 * Derived from the same table as the count itself, so the list cannot disagree with its number.
 * @param metric e.g. `waiting.red`, `cases`, `needs.bed.open`, `doses.2`
 * @returns `undefined` for a metric nobody counts
 */
export function behind(metric: string): Behind | undefined {
  const candidates = COUNTED.flatMap(({ table, metrics }) => metrics.map((counted) => ({ table, counted })))
    .filter(({ counted }) => (counted.by ? metric.startsWith(`${counted.metric}.`) : metric === counted.metric))
    .sort((a, b) => b.counted.metric.length - a.counted.metric.length)
  // The longest stem: `doses.total.1` is of `doses.total`, not a dose called "total.1" of `doses`.
  const [found] = candidates
  if (found === undefined) return undefined
  const { table, counted } = found
  const by = counted.by ?? []
  const values = splitValues(metric.slice(counted.metric.length + 1), by.length)
  if (values === undefined) return undefined
  const named = by.map((column, i) => [column, [values[i] ?? '']] as const)
  if (!named.every(([column, [value = '']]) => counted.where?.[column]?.includes(value) ?? true)) return undefined
  return { table, where: { ...counted.where, ...Object.fromEntries(named) }, day: counted.day }
}

/** The last value takes what is left: `2.1` is one value when one is wanted, a bed level. */
function splitValues(rest: string, wanted: number): string[] | undefined {
  if (wanted === 0) return []
  const parts = rest.split('.')
  if (rest === '' || parts.length < wanted) return undefined
  return [...parts.slice(0, wanted - 1), parts.slice(wanted - 1).join('.')]
}
