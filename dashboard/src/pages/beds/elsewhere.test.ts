import { expect, it } from 'vitest'
import { type Elsewhere, nearestElsewhere } from './elsewhere.ts'

const at = (facility: number, lat: number, free: Elsewhere['free']): Elsewhere => ({
  facility,
  district: '5101',
  nameTh: 'รพ.',
  nameEn: 'Hospital',
  lat,
  lon: 99,
  free,
})

it('of other provinces the three nearest with a free bed of the level are named', () => {
  const all = [
    at(1, 20, { '3': 1 }),
    at(2, 18.9, { '1': 4 }),
    at(3, 19, { '3': 2 }),
    at(4, 21, { '3': 1 }),
    at(5, 22, { '3': 1 }),
  ]
  const here = { lat: 18.8, lon: 99 }
  expect(nearestElsewhere(all, '3', here).map(({ facility, count, km }) => [facility, count, Math.round(km)])).toEqual([
    [3, 2, 22],
    [1, 1, 133],
    [4, 1, 245],
  ])
  expect(nearestElsewhere(all, '3', undefined)).toEqual([])
})
