import { expect, it } from 'vitest'
import { type Destination, LEVEL_FOR, offeredFor } from './destinations.ts'

const here = { lat: 18.79, lon: 98.98 }
const facility = (id: number, lat: number | undefined, beds: Record<string, [staffed: number, free: number]>) =>
  ({
    id,
    kind: 'hospital',
    nameTh: 'รพ.',
    nameEn: 'Hospital',
    point: lat === undefined ? undefined : { lat, lon: 98.98 },
    beds: new Map(Object.entries(beds).map(([level, [staffed, free]]) => [level, { staffed, free }])),
  }) satisfies Destination

it('a red asks for an ICU bed, a yellow for oxygen, a green for a place in the community', () => {
  expect(LEVEL_FOR).toEqual({ unknown: '1', green: '0', yellow: '2.1', red: '3' })
})

it('offers only facilities that have the level: those with a free bed first, the nearest of them on top', () => {
  const full = facility(1, 18.79, { '3': [4, 0] })
  const far = facility(2, 19.9, { '3': [4, 2] })
  const near = facility(3, 18.8, { '3': [4, 1] })
  const wards = facility(4, 18.79, { '1': [40, 30] })
  const none = facility(5, 18.79, { '3': [0, 0] })
  const nowhere = facility(6, undefined, { '3': [9, 9] })
  const offered = offeredFor([full, far, wards, nowhere, none, near], '3', here)
  expect(offered.map(({ id, free }) => [id, free])).toEqual([
    [3, 1],
    [2, 2],
    [6, 9],
    [1, 0],
  ])
  expect(offered[1]?.km).toBeCloseTo(123.4, 0)
})

it('without a place of the case the most free beds come first', () => {
  const few = facility(1, 18.79, { '0': [4, 1] })
  const many = facility(2, 18.79, { '0': [40, 10] })
  expect(offeredFor([few, many], '0', undefined).map(({ id }) => id)).toEqual([2, 1])
})
