import { INDICATORS, type Tone } from '../../../hub/contract/indicators/index.ts'
import type { Thresholds } from '../../../hub/contract/indicators/indicator.ts'
import { type Indicator, indicatorOf } from './indicators.ts'

/**
 * Classes of a map and a legend. `breaks` are lower bounds, ascending; below the first is class 0 (nothing at all).
 * Classes from `watchFrom` are amber, from `alarmFrom` red, the others grey: the thresholds of the indicator are the
 * last two bounds, so that the map and the tile agree on what is abnormal.
 */
export type Scale = {
  readonly breaks: readonly number[]
  /** class numbers, or `null` when no value is abnormal by itself */
  readonly watchFrom: number | null
  readonly alarmFrom: number | null
  readonly unit: 'per100k' | 'share' | 'count'
}

/** The bounds where nothing is abnormal, and as the greys below a threshold. */
const BREAKS: Readonly<Record<Indicator, Readonly<Record<'nation' | 'province', readonly number[]>>>> = {
  // 20, 50 and 150 are WHO's bounds of community transmission.
  incidence: { nation: [0.001, 20, 50, 150, 300], province: [1, 10, 50, 100, 250] },
  occupancy: { nation: [0.001, 0.5, 0.7, 0.8, 0.9], province: [0.001, 0.5, 0.7, 0.8, 0.9] },
  waiting: { nation: [0.001, 2, 5, 10, 20], province: [1, 5, 10, 25, 50] },
  doses: { nation: [0.001, 1_500, 3_000, 4_500, 6_000], province: [1, 500, 1_000, 2_500, 5_000] },
}
const WATCH_CLASS = 4
const ALARM_CLASS = 5

/**
 * The scale of what the parts of a subject are shown by. Bounds of greys that are not below the thresholds are drawn
 * together in proportion; where one threshold is not set, its bound stays in proportion to the other.
 */
export function scaleOf(kind: 'nation' | 'province', indicator: Indicator, { watch, alarm }: Thresholds): Scale {
  const breaks = BREAKS[indicator][kind]
  const { unit } = INDICATORS[indicatorOf(kind, indicator)]
  const [none = 0, low = 0, middle = 0, fourth = 0, fifth = 0] = breaks
  const scaleUnit = unit === 'share' || unit === 'per100k' ? unit : 'count'
  const abnormal = watch ?? alarm
  if (abnormal === null) return { breaks, watchFrom: null, alarmFrom: null, unit: scaleUnit }
  const watchAt = watch ?? (abnormal * fourth) / fifth
  const alarmAt = alarm ?? (abnormal * fifth) / fourth
  const shrink = middle < watchAt ? 1 : watchAt / fourth
  return {
    breaks: [Math.min(none, low * shrink), low * shrink, middle * shrink, watchAt, alarmAt],
    watchFrom: watch === null ? null : WATCH_CLASS,
    alarmFrom: alarm === null ? null : ALARM_CLASS,
    unit: scaleUnit,
  }
}

/** 0 to `breaks.length`. */
export function classOf(scale: Scale, value: number): number {
  let at = 0
  while (at < scale.breaks.length && value >= scale.breaks[at]!) at++
  return at
}

export function toneOfClass(scale: Scale, at: number): Tone {
  if (scale.alarmFrom !== null && at >= scale.alarmFrom) return 'alarm'
  return scale.watchFrom !== null && at >= scale.watchFrom ? 'watch' : 'normal'
}
