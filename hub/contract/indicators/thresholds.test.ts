import { describe, expect, it } from 'vitest'
import { INDICATOR_IDS, INDICATORS } from './index.ts'
import { thresholdFault } from './thresholds.ts'

describe('thresholds', () => {
  it.each(INDICATOR_IDS)('the defaults of %s can be set', (id) => {
    expect(thresholdFault(id, INDICATORS[id].thresholds)).toBeNull()
  })

  it('a threshold that can never be met', () => {
    expect(thresholdFault('beds.occupancy', { watch: 0.8, alarm: 1.2 })).toBe('threshold_never')
    expect(thresholdFault('beds.full', { watch: -1, alarm: null })).toBe('threshold_never')
    expect(thresholdFault('cases.rate', { watch: null, alarm: 100_001 })).toBe('threshold_never')
  })

  it('a threshold that every value meets', () => {
    expect(thresholdFault('beds.occupancy', { watch: -0.1, alarm: null })).toBe('threshold_always')
    expect(thresholdFault('waiting.red', { watch: null, alarm: 0 })).toBe('threshold_always')
    expect(thresholdFault('beds.full', { watch: 30, alarm: 5 })).toBe('threshold_always')
  })

  it('an alarm milder than the watch', () => {
    expect(thresholdFault('beds.occupancy', { watch: 0.9, alarm: 0.8 })).toBe('threshold_order')
    expect(thresholdFault('beds.full', { watch: 7, alarm: 14 })).toBe('threshold_order')
    expect(thresholdFault('beds.full', { watch: 7, alarm: 7 })).toBeNull()
  })

  it('a number of which no value is worse', () => {
    expect(thresholdFault('care', { watch: 5, alarm: null })).toBe('threshold_none')
    expect(thresholdFault('care', { watch: null, alarm: null })).toBeNull()
  })
})
