import { INDICATORS, type IndicatorId } from './index.ts'
import type { Thresholds } from './indicator.ts'

/** What is wrong with thresholds, as the code of a refusal. */
export type ThresholdFault = 'threshold_none' | 'threshold_order' | 'threshold_never' | 'threshold_always'

/** Whether a bound is reached by no value that the indicator can take, or by all of them. */
function faultOf(id: IndicatorId, bound: number): ThresholdFault | null {
  const { worse, range } = INDICATORS[id]
  const [min, max] = range
  const [first, last] = worse === 'higher' ? [min, max] : [max, min]
  const isPast = (value: number, end: number) => (worse === 'higher' ? value > end : value < end)
  if (isPast(bound, last)) return 'threshold_never'
  return isPast(bound, first) ? null : 'threshold_always'
}

/**
 * What is wrong with thresholds that somebody wants to set; `null` when they can be. An alarm is at least as bad as a
 * watch, and each can be reached, though not by every value.
 */
export function thresholdFault(id: IndicatorId, { watch, alarm }: Thresholds): ThresholdFault | null {
  const { worse } = INDICATORS[id]
  if (worse === 'neither') return watch === null && alarm === null ? null : 'threshold_none'
  for (const bound of [watch, alarm]) {
    const fault = bound === null ? null : faultOf(id, bound)
    if (fault) return fault
  }
  if (watch === null || alarm === null) return null
  const isOrdered = worse === 'higher' ? watch <= alarm : watch >= alarm
  return isOrdered ? null : 'threshold_order'
}
