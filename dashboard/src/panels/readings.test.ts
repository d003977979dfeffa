import { expect, test } from 'vitest'
import { rank } from './readings.ts'

test('highest first, equals by code, without a value last', () => {
  const values: Record<string, number | null> = { '10': 3, '20': null, '30': 9, '40': 3 }
  const readings = Object.entries(values).map(([code, value]) => ({
    part: { code, nameTh: '', nameEn: '', lat: 0, lon: 0 },
    value,
    count: 0,
  }))
  expect(rank(readings).map(({ part, place }) => `${place} ${part.code}`)).toEqual(['1 30', '2 10', '3 40', '4 20'])
})
