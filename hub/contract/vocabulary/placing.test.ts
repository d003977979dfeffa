import { describe, expect, it } from 'vitest'
import { blockerOf, LEVEL_FOR, type LevelBeds, offeredFor, type Site } from './placing.ts'

const counts = (some: Partial<LevelBeds>): LevelBeds => ({
  staffed: 0,
  free: 0,
  held: 0,
  occupied: 0,
  cleaning: 0,
  asked: 0,
  until: null,
  ...some,
})
const here = { lat: 18.79, lon: 98.98 }
const facility = (id: number, lat: number | undefined, beds: Record<string, [staffed: number, free: number]>) =>
  ({
    id,
    point: lat === undefined ? undefined : { lat, lon: 98.98 },
    beds: new Map(
      Object.entries(beds).map(([level, [staffed, free]]) => [
        level,
        counts({ staffed, free, occupied: staffed - free }),
      ]),
    ),
  }) satisfies Site

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

it('of those equally far and with as many free, the least loaded comes first', () => {
  const busy = facility(1, 18.79, { '0': [40, 2] })
  const calm = facility(2, 18.79, { '0': [4, 2] })
  expect(offeredFor([busy, calm], '0', here).map(({ id, load }) => [id, load])).toEqual([
    [2, 0.5],
    [1, 0.95],
  ])
})

describe('the named blocker', () => {
  const blocker = (...sites: Site[]) => blockerOf(offeredFor(sites, '3', here))
  const full = (id: number, lat: number, some: Partial<LevelBeds>): Site => ({
    id,
    point: { lat, lon: 98.98 },
    beds: new Map([['3', counts(some)]]),
  })

  it('is none where a bed is free near, or where it is not known how far it is', () => {
    expect(blocker(facility(1, 18.8, { '3': [4, 1] }))).toBeUndefined()
    expect(blocker(facility(1, undefined, { '3': [4, 1] }))).toBeUndefined()
  })

  it('says that nobody has the level, or nobody near', () => {
    expect(blocker(facility(1, 18.8, { '1': [4, 1] }))).toEqual({ kind: 'no_level' })
    expect(blocker(facility(1, 19.9, { '3': [4, 0] }))).toEqual({ kind: 'far', beyond: undefined })
    expect(blocker(facility(1, 19.9, { '3': [4, 1] }))).toEqual({ kind: 'far', beyond: expect.closeTo(123.4, 0) })
  })

  it('counts a free bed that is asked for as given', () => {
    const taken = full(1, 18.79, { staffed: 3, free: 2, asked: 2, occupied: 1 })
    expect(blocker(taken)).toMatchObject({ kind: 'full', occupied: 1, asked: 2 })
    expect(offeredFor([full(1, 18.79, { staffed: 3, free: 2, asked: 1 })], '3', here)).toMatchObject([{ free: 1 }])
  })

  it('adds up what has become of the beds near, names the first hold to end, and what is free farther away', () => {
    const first = full(1, 18.79, { staffed: 5, held: 2, occupied: 3, until: 900 })
    const second = full(2, 18.8, { staffed: 4, held: 1, occupied: 2, cleaning: 1, until: 800 })
    expect(blocker(first, second, full(3, 20, { staffed: 9, held: 7 }))).toEqual({
      kind: 'full',
      staffed: 9,
      held: 3,
      occupied: 5,
      cleaning: 1,
      asked: 0,
      until: 800,
      beyond: undefined,
    })
    expect(blocker(first, facility(3, 19.9, { '3': [4, 1] }))).toMatchObject({
      kind: 'full',
      beyond: expect.closeTo(123.4, 0),
    })
  })
})
