import type { IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Area } from '../../../hub/contract/indicators/indicator.ts'
import type { BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import type { Subject } from './subject.tsx'

/** What a map and a ranking can show. The order is that of the keys 1–4. */
export const INDICATORS = ['incidence', 'occupancy', 'waiting', 'doses'] as const
export type Indicator = (typeof INDICATORS)[number]

export type Choice = { readonly indicator: Indicator; readonly level: BedLevel }

/** Of a nation's provinces by residents, of a province's districts, whose residents nobody has published, in all. */
type Ids = { readonly nation: IndicatorId; readonly province: IndicatorId; readonly count: IndicatorId }
const IDS: Readonly<Record<Indicator, Ids>> = {
  incidence: { nation: 'cases.rate', province: 'cases.week', count: 'cases.week' },
  occupancy: { nation: 'beds.occupancy', province: 'beds.occupancy', count: 'beds.free' },
  waiting: { nation: 'waiting.rate', province: 'waiting', count: 'waiting' },
  doses: { nation: 'doses.rate', province: 'doses.week', count: 'doses.week' },
}

/** The number of the dictionary that the parts of a subject are coloured and ranked by. */
export function indicatorOf(kind: Subject['kind'], indicator: Indicator): IndicatorId {
  return IDS[indicator][kind]
}

/**
 * `value` is what is coloured and ranked; `count` the number of people, beds or doses behind it; `null` is not known.
 */
export type Reading = { readonly value: number | null; readonly count: number | null }

export function readIndicator(subject: Subject, { indicator, level }: Choice, of: Area, day: string): Reading {
  const asked = { of, day, level }
  const ids = IDS[indicator]
  return { value: subject.read(ids[subject.kind], asked).value, count: subject.read(ids.count, asked).value }
}

/** Against the week before; `null` for stocks, of which only the present is known, and of what is seen by fives. */
export function indicatorChange(subject: Subject, indicator: Indicator, of: Area, day: string): number | null {
  if (subject.rounded) return null
  if (indicator === 'incidence') return subject.read('cases.growth', { of, day }).value
  return indicator === 'doses' ? subject.read('doses.growth', { of, day }).value : null
}
