import type { Indicator } from './indicators.ts'

/**
 * Classes of a map and a legend, and from where a value is abnormal. Data, to be argued about and changed here.
 * `breaks` are lower bounds, ascending; below the first is class 0 (nothing at all). Classes from `watchFrom` are
 * amber, from `alarmFrom` red, the others grey.
 */
export type Scale = {
  readonly breaks: readonly number[]
  /** class numbers, or `null` when no value is abnormal by itself */
  readonly watchFrom: number | null
  readonly alarmFrom: number | null
  readonly unit: 'per100k' | 'share' | 'count'
}

/** Beds of a level are short from here on: staff and families feel it above 80 %, and 90 % leaves no room for a night. */
export const OCCUPANCY_WATCH = 0.8
export const OCCUPANCY_ALARM = 0.9

/** People with red symptoms who wait for a bed: one is too many. */
export const RED_WAITING_ALARM = 1

/** A week's rise against the week before that is worth a look. */
export const RISE_WATCH = 0.25

/**
 * 20, 50 and 150 new cases per 100,000 a week are WHO's bounds of community transmission levels 1–4 (guidance on public
 * health and social measures, June 2021). Level 4 is amber; red begins at twice its bound.
 */
const INCIDENCE: Scale = { breaks: [0.001, 20, 50, 150, 300], watchFrom: 4, alarmFrom: 5, unit: 'per100k' }
const OCCUPANCY: Scale = {
  breaks: [0.001, 0.5, 0.7, OCCUPANCY_WATCH, OCCUPANCY_ALARM],
  watchFrom: 4,
  alarmFrom: 5,
  unit: 'share',
}
const WAITING: Scale = { breaks: [0.001, 2, 5, 10, 20], watchFrom: 4, alarmFrom: 5, unit: 'per100k' }
const DOSES: Scale = { breaks: [0.001, 1_500, 3_000, 4_500, 6_000], watchFrom: null, alarmFrom: null, unit: 'per100k' }

export const PROVINCE_SCALES: Readonly<Record<Indicator, Scale>> = {
  incidence: INCIDENCE,
  occupancy: OCCUPANCY,
  waiting: WAITING,
  doses: DOSES,
}

const count = (breaks: readonly number[]): Scale => ({ breaks, watchFrom: null, alarmFrom: null, unit: 'count' })

/** Districts by counts: a count alone is not abnormal, so these are grey; size says how many. */
export const DISTRICT_SCALES: Readonly<Record<Indicator, Scale>> = {
  incidence: count([1, 10, 50, 100, 250]),
  occupancy: OCCUPANCY,
  waiting: count([1, 5, 10, 25, 50]),
  doses: count([1, 500, 1_000, 2_500, 5_000]),
}

export function scaleOf(kind: 'nation' | 'province', indicator: Indicator): Scale {
  return (kind === 'nation' ? PROVINCE_SCALES : DISTRICT_SCALES)[indicator]
}

/** 0 to `breaks.length`. */
export function classOf(scale: Scale, value: number): number {
  let at = 0
  while (at < scale.breaks.length && value >= scale.breaks[at]!) at++
  return at
}

export type Tone = 'normal' | 'watch' | 'alarm'

export function toneOfClass(scale: Scale, at: number): Tone {
  if (scale.alarmFrom !== null && at >= scale.alarmFrom) return 'alarm'
  return scale.watchFrom !== null && at >= scale.watchFrom ? 'watch' : 'normal'
}

export function occupancyTone(occupancy: number | null): Tone {
  if (occupancy === null) return 'normal'
  return occupancy >= OCCUPANCY_ALARM ? 'alarm' : occupancy >= OCCUPANCY_WATCH ? 'watch' : 'normal'
}
