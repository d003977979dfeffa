import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BED_LEVELS } from '../../contract/vocabulary/beds.ts'
import { distanceKm, LEVELS_FOR, NEAR_KM } from '../../contract/vocabulary/placing.ts'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'
import { compareUrgency } from '../../contract/vocabulary/urgency.ts'
import { type FreeBeds, firstComeFirstServed, type Patient, type Placement, proposePlacements } from './match.ts'
import { hoursSaved } from './saved.ts'

const at = (lat: number) => ({ lat, lon: 98.98 })
const patient = (id: number, severity: Patient['severity'], lat: number, waitingSince = id): Patient => ({
  id,
  severity,
  risk608: false,
  waitingSince,
  from: at(lat),
})
const hospital = (id: number, lat: number, free: FreeBeds['free']): FreeBeds => ({ id, at: at(lat), free })
const pairs = (placements: readonly Placement[]) => placements.map((one) => [one.patient, one.facility, one.level])

describe('who goes where', () => {
  it('the most urgent get the beds, the nearest that serves them; nobody goes beyond what is near', () => {
    const patients = [patient(1, 'yellow', 18), patient(2, 'red', 18), patient(3, 'yellow', 25)]
    const beds = [hospital(10, 18.3, { '2.2': 1 }), hospital(11, 18.1, { '3': 1 })]
    expect(pairs(proposePlacements(patients, beds))).toEqual([
      [2, 11, '3'],
      [1, 10, '2.2'],
    ])
    // With one bed of 2.2 alone, whoever came first would have it.
    expect(pairs(proposePlacements(patients, beds.slice(0, 1)))).toEqual([[2, 10, '2.2']])
    expect(pairs(firstComeFirstServed(patients, beds.slice(0, 1)))).toEqual([[1, 10, '2.2']])
  })

  it('somebody goes elsewhere near when another has no other place', () => {
    const patients = [patient(1, 'red', 18), patient(2, 'red', 18.4)]
    const beds = [hospital(10, 18.1, { '3': 1 }), hospital(11, 17.6, { '3': 1 })]
    // Of the second, 10 is the only one near; 11 is 89 km away from there.
    expect(pairs(firstComeFirstServed(patients, beds))).toEqual([[1, 10, '3']])
    expect(pairs(proposePlacements(patients, beds))).toEqual([
      [1, 11, '3'],
      [2, 10, '3'],
    ])
  })

  it('nobody is sent again to where they were refused', () => {
    const one = { ...patient(1, 'red', 18), refusedBy: 10 }
    const beds = [hospital(10, 18, { '3': 1 }), hospital(11, 18.2, { '3': 1 })]
    expect(pairs(proposePlacements([one], beds))).toEqual([[1, 11, '3']])
    expect(pairs(proposePlacements([one, patient(2, 'red', 18.2)], beds))).toEqual([
      [1, 11, '3'],
      [2, 10, '3'],
    ])
    expect(proposePlacements([one], beds.slice(0, 1))).toEqual([])
  })

  it('whose place is not known is left to a person', () => {
    expect(proposePlacements([{ ...patient(1, 'red', 18), from: null }], [hospital(10, 18, { '3': 1 })])).toEqual([])
    expect(proposePlacements([patient(1, 'red', 18)], [{ ...hospital(10, 18, { '3': 1 }), at: null }])).toEqual([])
  })

  it('says the hours it saves, and whom it costs', () => {
    const patients = [patient(1, 'yellow', 18), patient(2, 'red', 18)]
    const beds = [hospital(10, 18, { '2.2': 1 })]
    const saved = hoursSaved(patients, proposePlacements(patients, beds), firstComeFirstServed(patients, beds))
    expect(saved).toEqual({ red: 24, yellow: -24, green: 0, unknown: 0 })
  })
})

const anyPatients = fc
  .array(
    fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      risk608: fc.boolean(),
      waitingSince: fc.nat(5),
      lat: fc.nat(8),
    }),
    {
      maxLength: 7,
    },
  )
  .map((all): Patient[] => all.map(({ lat, ...one }, id) => ({ ...one, id, from: at(15 + lat / 5) })))
const anyBeds = fc
  .array(fc.record({ lat: fc.nat(8), level: fc.constantFrom(...BED_LEVELS), beds: fc.nat(2) }), { maxLength: 5 })
  .map((all): FreeBeds[] => all.map(({ lat, level, beds }, id) => hospital(id, 15 + lat / 5, { [level]: beds })))

/** Whether all of these can be placed at once, by trying. */
function canAllBePlaced(patients: readonly Patient[], facilities: readonly FreeBeds[]): boolean {
  const [first, ...rest] = patients
  if (first === undefined) return true
  return facilities.some((facility, i) =>
    LEVELS_FOR[first.severity].some((level) => {
      const beds = facility.free[level] ?? 0
      if (beds === 0 || !first.from || !facility.at || distanceKm(first.from, facility.at) > NEAR_KM) return false
      const left = facilities.map((each, j) =>
        i === j ? { ...each, free: { ...each.free, [level]: beds - 1 } } : each,
      )
      return canAllBePlaced(rest, left)
    }),
  )
}

it('places the best set in the order of urgency, as trying all shows, and never more than there are beds', () => {
  fc.assert(
    fc.property(anyPatients, anyBeds, (patients, beds) => {
      const found = proposePlacements(patients, beds)
      const best: Patient[] = []
      for (const one of [...patients].sort((a, b) => compareUrgency(a, b) || a.id - b.id)) {
        if (canAllBePlaced([...best, one], beds)) best.push(one)
      }
      expect(found.map((one) => one.patient)).toEqual(best.map(({ id }) => id))
      for (const placements of [found, firstComeFirstServed(patients, beds)]) {
        for (const { id, free } of beds) {
          for (const level of BED_LEVELS) {
            const taken = placements.filter((one) => one.facility === id && one.level === level).length
            expect(taken).toBeLessThanOrEqual(free[level] ?? 0)
          }
        }
        expect(placements.every(({ km }) => km <= NEAR_KM)).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})
