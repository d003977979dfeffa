import { describe, expect, test } from 'vitest'
import { INDICATORS as DICTIONARY, toneOf } from '../../../hub/contract/indicators/index.ts'
import { INDICATORS, type Indicator, indicatorOf } from './indicators.ts'
import { classOf, scaleOf, toneOfClass } from './scales.ts'

const KINDS = ['nation', 'province'] as const
const byDefault = (kind: (typeof KINDS)[number], indicator: Indicator) =>
  scaleOf(kind, indicator, DICTIONARY[indicatorOf(kind, indicator)].thresholds)
const SCALES = KINDS.flatMap((kind) => INDICATORS.map((indicator) => byDefault(kind, indicator)))

describe('scales', () => {
  test.each(SCALES)('breaks ascend: %j', (scale) => {
    expect([...scale.breaks]).toEqual([...scale.breaks].sort((a, b) => a - b))
  })

  test('a value on a bound belongs to the class above it', () => {
    const scale = byDefault('nation', 'incidence')
    expect([0, 0.5, 20, 49.9, 50, 150, 300].map((value) => classOf(scale, value))).toEqual([0, 1, 2, 2, 3, 4, 5])
    expect([3, 4, 5].map((at) => toneOfClass(scale, at))).toEqual(['normal', 'watch', 'alarm'])
  })

  test('the map and the bed table agree on what is short', () => {
    const { thresholds } = DICTIONARY['beds.occupancy']
    for (const occupancy of [0, 0.79, 0.8, 0.85, 0.9, 1]) {
      const scale = byDefault('nation', 'occupancy')
      expect(toneOfClass(scale, classOf(scale, occupancy))).toBe(toneOf('beds.occupancy', occupancy, thresholds))
    }
  })

  test('all scales have the same number of classes, so that one set of greys serves them', () => {
    for (const scale of SCALES) expect(scale.breaks).toHaveLength(5)
  })

  test('thresholds that national command has set are the bounds of amber and red, however low', () => {
    for (const thresholds of [
      { watch: 10, alarm: 30 },
      { watch: 400, alarm: 900 },
      { watch: null, alarm: 60 },
      { watch: 60, alarm: null },
      { watch: 0.0005, alarm: 0.0005 },
    ]) {
      const scale = scaleOf('nation', 'incidence', thresholds)
      expect([...scale.breaks]).toEqual([...scale.breaks].sort((a, b) => a - b))
      for (const value of [0, 0.0004, 0.0005, 9, 10, 29, 30, 59, 60, 399, 400, 900, 5_000])
        expect(toneOfClass(scale, classOf(scale, value))).toBe(toneOf('cases.rate', value, thresholds))
    }
  })
})
