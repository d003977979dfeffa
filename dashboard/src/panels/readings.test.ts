import { expect, test } from 'vitest'
import { orNotShown, rank } from './readings.ts'

test('highest first, equals by code, without a value last', () => {
  const values: Record<string, number | null> = { '10': 3, '20': null, '30': 9, '40': 3 }
  const readings = Object.entries(values).map(([code, value]) => ({
    part: { code, nameTh: '', nameEn: '', lat: 0, lon: 0 },
    value,
    count: 0,
  }))
  expect(rank(readings).map(({ part, place }) => `${place} ${part.code}`)).toEqual(['1 30', '2 10', '3 40', '4 20'])
})

test('says that a district has fewer than five people, and not 0, to who has no account; a number is the least it can be', () => {
  const none = { value: null, count: null }
  expect(orNotShown({ indicator: 'waiting' }, { value: 0, count: 0 })).toEqual({ ...none, floor: 'now' })
  expect(orNotShown({ indicator: 'incidence' }, none)).toEqual({ ...none, floor: 'days' })
  expect(orNotShown({ indicator: 'waiting' }, { value: 10, count: 10 })).toEqual({ value: 10, count: 10, floor: 'now' })
  expect(orNotShown({ indicator: 'occupancy' }, { value: 1, count: 0 })).toEqual({ value: 1, count: 0 })
})
