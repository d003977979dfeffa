import { describe, expect, test } from 'vitest'
import { INDICATORS } from './indicators.ts'
import {
  classOf,
  DISTRICT_SCALES,
  OCCUPANCY_ALARM,
  OCCUPANCY_WATCH,
  occupancyTone,
  PROVINCE_SCALES,
  toneOfClass,
} from './scales.ts'

describe('scales', () => {
  test.each([...Object.values(PROVINCE_SCALES), ...Object.values(DISTRICT_SCALES)])('breaks ascend: %j', (scale) => {
    expect([...scale.breaks]).toEqual([...scale.breaks].sort((a, b) => a - b))
  })

  test('a value on a bound belongs to the class above it', () => {
    const scale = PROVINCE_SCALES.incidence
    expect([0, 0.5, 20, 49.9, 50, 150, 300].map((value) => classOf(scale, value))).toEqual([0, 1, 2, 2, 3, 4, 5])
    expect([3, 4, 5].map((at) => toneOfClass(scale, at))).toEqual(['normal', 'watch', 'alarm'])
  })

  test('the map and the bed table agree on what is short', () => {
    for (const occupancy of [0, 0.79, OCCUPANCY_WATCH, 0.85, OCCUPANCY_ALARM, 1]) {
      const scale = PROVINCE_SCALES.occupancy
      expect(toneOfClass(scale, classOf(scale, occupancy))).toBe(occupancyTone(occupancy))
    }
    expect(occupancyTone(null)).toBe('normal')
  })

  test('all scales have the same number of classes, so that one set of greys serves them', () => {
    for (const indicator of INDICATORS) {
      expect(PROVINCE_SCALES[indicator].breaks).toHaveLength(5)
      expect(DISTRICT_SCALES[indicator].breaks).toHaveLength(5)
    }
  })
})
