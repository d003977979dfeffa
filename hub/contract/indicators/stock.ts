import type { Cells } from './cells.ts'
import { COUNT_MAX, COUNT_RANGE, type Indicator, type Options, type Subject, unknown, type Value } from './indicator.ts'

/** A number of one item: its parts are the sites that count it, those that did within a day are reported. */
function ofItem(
  cells: Cells,
  { code }: Subject,
  { item }: Options,
  read: (item: NonNullable<Options['item']>) => number | null,
): Value {
  if (item === undefined) return unknown('not_reported', 0)
  const parts = cells(`stock.sites.${item}`, code)
  if (parts === 0) return unknown('not_reported', 0)
  const reported = Math.max(0, parts - cells(`stock.late.${item}`, code))
  const value = read(item)
  return value === null ? unknown('not_used', parts, reported) : { value, parts, reported, oldest: null }
}

const base = { source: 'stock', adds: 'sites', finest: 'district', by: 'item', required: true } as const

export const STOCK = {
  /** An order takes two days to arrive, and a week is what is kept. [B] */
  'stock.days': {
    ...base,
    unit: 'days',
    worse: 'lower',
    range: [0, COUNT_MAX],
    thresholds: { watch: 7, alarm: 3 },
    read: (cells, subject, _today, _now, options) =>
      ofItem(cells, subject, options, (item) => {
        const perDay = cells(`stock.per_day.${item}`, subject.code)
        return perDay === 0 ? null : cells(`stock.on_hand.${item}`, subject.code) / perDay
      }),
  },
  'stock.short': {
    ...base,
    unit: 'count',
    worse: 'higher',
    range: COUNT_RANGE,
    thresholds: { watch: 1, alarm: null },
    read: (cells, subject, _today, _now, options) =>
      ofItem(cells, subject, options, (item) => cells(`stock.short.${item}`, subject.code)),
  },
} as const satisfies Readonly<Record<string, Indicator>>
