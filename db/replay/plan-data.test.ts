import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { readOpeningHours } from '../../hub/contract/vocabulary/opening-hours.ts'
import { readAreas } from '../areas/read.ts'
import { BEDS_BY_LEVEL, BEDS_TOTAL, type FacilityProvince, planFacilities } from './facilities.ts'
import { dosesOn, dosesUntil } from './published.ts'
import { spread } from './random.ts'
import { DRILL_FROM, DRILL_TO, HISTORY_FROM, scenarioDay } from './scenario.ts'

const areas = await readAreas()
const provinces: FacilityProvince[] = areas.provinces.map(([code, , , , , , population]) => ({
  code,
  population,
  districts: areas.districts
    .filter(([district]) => district.startsWith(code))
    .map(([district, , , lat, lon]) => ({ code: district, lat, lon })),
}))

test('spread: parts add up, and none is further than one from its share', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }), (total, weights) => {
      const parts = spread(total, weights)
      const sum = weights.reduce((a, b) => a + b, 0)
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
      parts.forEach((part, i) => {
        expect(Math.abs(part - (total * (weights[i] ?? 0)) / sum)).toBeLessThan(1)
      })
    }),
  )
})

describe('facilities', () => {
  const facilities = planFacilities(provinces)
  const beds = facilities.flatMap((facility) => facility.beds.map((entry) => ({ ...entry, facility })))

  test('hold the published number of beds, and of intensive care', () => {
    expect(beds.reduce((sum, entry) => sum + entry.staffed, 0)).toBe(BEDS_TOTAL)
    for (const [level, total] of Object.entries(BEDS_BY_LEVEL)) {
      expect(beds.filter((entry) => entry.level === level).reduce((sum, entry) => sum + entry.staffed, 0)).toBe(total)
    }
    expect(beds.filter((entry) => entry.level === '3').every((entry) => entry.facility.kind === 'hospital')).toBe(true)
  })
  test('stand in real districts, under codes of their own, in every province', () => {
    const known = new Set(areas.districts.map(([code]) => code))
    expect(facilities.every((facility) => known.has(facility.district))).toBe(true)
    expect(new Set(facilities.map((facility) => facility.code)).size).toBe(facilities.length)
    expect(new Set(facilities.map((facility) => facility.district.slice(0, 2))).size).toBe(77)
  })
  test('every province has points for doses, tests and oxygen, open at hours that can be read', () => {
    for (const kind of ['vaccination', 'test', 'oxygen']) {
      const points = facilities.filter((facility) => facility.kind === kind)
      expect(new Set(points.map(({ district }) => district.slice(0, 2))).size, kind).toBe(77)
      for (const { hours } of points) expect(readOpeningHours(hours ?? ''), kind).toBe(hours)
    }
  })
  test('are the same each time', () => expect(planFacilities(provinces)).toEqual(facilities))
})

describe('the drill', () => {
  const populations = new Map(provinces.map((province) => [province.code, province.population]))
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0)

  test('11 November 2021: 7,496 cases, 57 deaths, 39,798 PCR tests; 248,751 first doses', () => {
    const day = scenarioDay('2021-11-11', populations)
    expect(sum(day.cases)).toBe(7496)
    expect(sum(day.deaths)).toBe(57)
    expect(sum(day.pcr ?? new Map())).toBe(39_798)
    expect(day.doses.map(sum)).toEqual([44_925_923 - 44_677_172, 35_991_733 - 35_511_243, 2_700_138 - 2_656_346])
  })
  test('every day from the history to the end has cases in every province it names', () => {
    let days = 0
    for (let day = HISTORY_FROM; day <= DRILL_TO; day = addDays(day, 1)) {
      days++
      const counts = scenarioDay(day, populations)
      expect(scenarioDay(day, populations)).toEqual(counts)
      expect(sum(counts.cases)).toBeGreaterThan(4000)
      expect([...counts.cases.keys()]).toHaveLength(77)
      expect(counts.doses.every((byProvince) => sum(byProvince) >= 0)).toBe(true)
    }
    expect(days).toBe(44)
    expect(HISTORY_FROM).toBe(addDays(DRILL_FROM, -14))
    expect(() => scenarioDay('2021-12-01', populations)).toThrow(RangeError)
  })
})

test('published doses: a month adds up to its published total, nothing before the first', () => {
  expect(dosesUntil('2021-10-31')).toEqual([42_391_514, 30_974_372, 2_367_712])
  expect(dosesUntil('2021-02-01')).toEqual([0, 0, 0])
  let first = 0
  for (let day = '2021-10-01'; day <= '2021-10-31'; day = addDays(day, 1)) first += dosesOn(day)[0] ?? 0
  expect(first).toBe(42_391_514 - 32_623_090)
  expect(dosesOn('2021-12-15')[0]).toBeGreaterThan(100_000)
})
