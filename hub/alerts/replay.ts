import type { AlertRule, Verdict } from '../contract/alerts/rules.ts'
import { FLOOD_BEGINS_ABOVE } from '../contract/vocabulary/alerts.ts'
import { type Circumstances, type Places, type Reading, readAll } from './readings.ts'

/** What a rule asks the past for; it cannot be tried on what is kept of now alone. */
const BED = /^beds\.(?:staffed|available|occupied)\.(.+)$/
/** Whether somebody has reported: asked of a level of which no bed is staffed. */
const SAID = /^(?:sites\.|beds\.late\.|beds\.(?:held|cleaning|blocked)\.)/

/** Nobody keeps what these were. */
const OF_NOW: readonly string[] = [
  ...['beds.other', 'beds.staffed', 'reporting.beds', 'reporting.sites'],
  ...['silence.facility', 'system.lag', 'system.messages', 'help.unverified'],
]

/** The flows, and the levels of beds, whose days a rule is judged by; `null`: it asks for what has no history. */
export function historyOf(
  rule: AlertRule,
): { readonly flows: readonly string[]; readonly levels: readonly string[] } | null {
  const asked = new Set<string>()
  let isOfNow = OF_NOW.includes(rule.indicator)
  for (const value of [0, 1]) {
    readAll(
      [rule],
      { provinces: [{ code: '10', population: 1 }], districts: [{ code: '1001' }] },
      {
        cells(column) {
          asked.add(column)
          return value
        },
        today: '2021-11-11',
        now: 0,
        oldest(_, measure) {
          if (!measure.startsWith('beds.')) isOfNow = true
          return null
        },
        facilities: () => [],
        lagSeconds: 0,
        messages: 0,
        apartSince: () => undefined,
        parts: [{ code: '10' }],
      },
    )
  }
  const stocks = [...asked].filter((column) => !column.includes('@') && !SAID.test(column))
  if (isOfNow || !stocks.every((column) => BED.test(column))) return null
  return {
    flows: [
      ...new Set([...asked].filter((column) => column.includes('@')).map((column) => column.split('@')[0] ?? '')),
    ],
    levels: [...new Set(stocks.map((column) => BED.exec(column)?.[1] ?? ''))],
  }
}

export type Tried = {
  /** readings that had a number to judge */
  readonly known: number
  readonly rang: number
  /** days on which more rang than national command is called to in ten minutes */
  readonly floods: number
  /** by area */
  readonly times: ReadonlyMap<string, number>
}

/** A rule over days, oldest first, by what was so at the end of each; the first says only what rang already. */
export function* tryOn(
  rule: AlertRule,
  places: Places,
  days: readonly string[],
  circumstances: (day: string) => Circumstances,
): Generator<undefined, Tried> {
  const ringing = new Set<string>()
  const times = new Map<string, number>()
  const next: Partial<Record<Verdict, (area: string) => boolean>> = {
    on: (area) => !ringing.has(area) && Boolean(ringing.add(area)),
    off: (area) => ringing.delete(area) && false,
  }
  let known = 0
  let floods = 0
  for (const [i, day] of days.entries()) {
    const readings: readonly Reading[] = [...readAll([{ ...rule, enabled: true }], places, circumstances(day)).values()]
    const rang = readings.filter(({ area, verdict }) => next[verdict]?.(area) ?? false)
    if (i > 0) {
      known += readings.filter(({ verdict }) => verdict !== 'unknown').length
      for (const { area } of rang) times.set(area, (times.get(area) ?? 0) + 1)
      // National command hears of all, so that its flood is there when any is.
      if (rang.length > FLOOD_BEGINS_ABOVE) floods++
    }
    yield
  }
  return { known, rang: [...times.values()].reduce((sum, n) => sum + n, 0), floods, times }
}
