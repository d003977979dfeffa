import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DayCounts, type DayEvent, type Place, planDay } from './day-plan.ts'
import { createRandom } from './random.ts'
import { DAY_SECONDS } from './rates.ts'

const places = new Map<string, Place>([
  [
    '10',
    {
      code: '10',
      population: 5_666_264,
      districts: [
        { code: '1001', weight: 3 },
        { code: '1002', weight: 1 },
      ],
    },
  ],
  ['95', { code: '95', population: 536_330, districts: [{ code: '9501', weight: 1 }] }],
])
const perProvince = (max: number) =>
  fc.record({ 10: fc.nat(max), 95: fc.nat(max), '00': fc.nat(max) }).map((counts) => new Map(Object.entries(counts)))
const dayCounts: fc.Arbitrary<DayCounts> = fc.record({
  cases: perProvince(150),
  deaths: perProvince(20),
  doses: fc.array(perProvince(1500), { minLength: 3, maxLength: 3 }),
})

function sums(events: readonly DayEvent[], amount: (event: DayEvent) => readonly [key: string, n: number] | undefined) {
  const out = new Map<string, number>()
  for (const event of events) {
    const [key, n] = amount(event) ?? []
    if (key !== undefined && n !== undefined) out.set(key, (out.get(key) ?? 0) + n)
  }
  return out
}
const withoutZeros = (counts: ReadonlyMap<string, number>) => new Map([...counts].filter(([, n]) => n > 0))
const sorted = (counts: ReadonlyMap<string, number>) => [...withoutZeros(counts)].sort()

test('cases, deaths, doses and positives of each province add up to the day exactly, from any time of day on', () => {
  fc.assert(
    fc.property(dayCounts, fc.integer(), fc.nat(DAY_SECONDS - 1), (counts, seed, from) => {
      const events = planDay(counts, places, createRandom(seed), { from, doseRow: [5, 200], testRows: 4 })
      const province = (district: string) => district.slice(0, 2)
      expect(sorted(sums(events, (e) => (e.kind === 'report' ? [province(e.district), 1] : undefined)))).toEqual(
        sorted(counts.cases),
      )
      expect(sorted(sums(events, (e) => (e.kind === 'death' ? [e.province, 1] : undefined)))).toEqual(
        sorted(counts.deaths),
      )
      counts.doses.forEach((byProvince, i) => {
        expect(
          sorted(
            sums(events, (e) => (e.kind === 'dose' && e.dose === i + 1 ? [province(e.district), e.doses] : undefined)),
          ),
        ).toEqual(sorted(byProvince))
      })
      expect(
        sorted(
          sums(events, (e) => (e.kind === 'test' && e.test === 'pcr' ? [province(e.district), e.positive] : undefined)),
        ),
      ).toEqual(sorted(counts.cases))
      for (const event of events) {
        expect(event.at).toBeGreaterThanOrEqual(from)
        expect(event.at).toBeLessThan(DAY_SECONDS)
        if (event.kind === 'dose') expect(event.doses).toBeLessThanOrEqual(200)
        if (event.kind === 'test') expect(event.positive).toBeLessThanOrEqual(event.tested)
      }
    }),
    { numRuns: 25 },
  )
})

test('the same seed gives the same day', () => {
  const counts: DayCounts = { cases: new Map([['10', 50]]), deaths: new Map(), doses: [] }
  expect(planDay(counts, places, createRandom(7))).toEqual(planDay(counts, places, createRandom(7)))
  expect(planDay(counts, places, createRandom(7))).not.toEqual(planDay(counts, places, createRandom(8)))
})

test('a province without districts puts its cases on its unspecified district', () => {
  const [event] = planDay({ cases: new Map([['00', 1]]), deaths: new Map(), doses: [] }, places, createRandom(1))
  expect(event).toMatchObject({ district: '0000' })
})
