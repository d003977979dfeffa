import { BEDS } from './beds.ts'
import { EPIDEMIC } from './epidemic.ts'
import type { Indicator, Thresholds } from './indicator.ts'
import { REPORTING } from './reporting.ts'
import { STOCK } from './stock.ts'
import { TESTING } from './testing.ts'
import { VACCINATION } from './vaccination.ts'
import { WORK } from './work.ts'

/** The families of the dictionary, in the order in which they are read. */
export const FAMILIES = {
  epidemic: EPIDEMIC,
  beds: BEDS,
  work: WORK,
  vaccination: VACCINATION,
  testing: TESTING,
  stock: STOCK,
  reporting: REPORTING,
} as const
export type Family = keyof typeof FAMILIES

const ALL = { ...EPIDEMIC, ...BEDS, ...WORK, ...VACCINATION, ...TESTING, ...STOCK, ...REPORTING }
export type IndicatorId = keyof typeof ALL

/** The one dictionary: every tile, map, ranking, list, export and page of documentation reads its numbers here. */
export const INDICATORS: Readonly<Record<IndicatorId, Indicator>> = ALL
export const INDICATOR_IDS = Object.keys(ALL) as readonly IndicatorId[]

export function isIndicator(id: string): id is IndicatorId {
  return Object.hasOwn(INDICATORS, id)
}

/** Those of which a value can be abnormal. */
export const WITH_THRESHOLDS = INDICATOR_IDS.filter((id) => INDICATORS[id].worse !== 'neither')

export type Tone = 'normal' | 'watch' | 'alarm'

/** What is not known is not abnormal; that it is not known is said beside it. */
export function toneOf(id: IndicatorId, value: number | null, { watch, alarm }: Thresholds): Tone {
  const { worse } = INDICATORS[id]
  if (value === null || worse === 'neither') return 'normal'
  const reaches = (bound: number | null) => bound !== null && (worse === 'higher' ? value >= bound : value <= bound)
  return reaches(alarm) ? 'alarm' : reaches(watch) ? 'watch' : 'normal'
}
