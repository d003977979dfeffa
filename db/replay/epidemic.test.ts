import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BedUnit, createBedBook } from './beds.ts'
import { planDay } from './day-plan.ts'
import { type Batch, createEpidemic } from './epidemic.ts'
import { createRandom } from './random.ts'
import { DAY_SECONDS } from './rates.ts'
import { caseColumns, type ReplayCase } from './replay-case.ts'

const FIRST = '2021-11-01'
const PROVINCE = '95'
const places = new Map([[PROVINCE, { code: PROVINCE, population: 500_000, districts: [{ code: '9501', weight: 1 }] }]])

function units(beds: number): BedUnit[] {
  return (['1', '2.1', '2.2', '3'] as const).map((level, i) => ({
    facility: i,
    kind: 'hospital',
    province: PROVINCE,
    level,
    available: beds,
    held: 0,
    occupied: 0,
    cleaning: 0,
    blocked: 1,
  }))
}

type Day = { readonly cases: number; readonly deaths: number }

function run(days: readonly Day[], beds: number, seed: number, eventsMax: number) {
  const random = createRandom(seed)
  const book = createBedBook(units(beds))
  const epidemic = createEpidemic(FIRST, 0, book, random)
  const batches: Batch[] = []
  days.forEach(({ cases, deaths }, i) => {
    epidemic.addDay(
      planDay(
        { cases: new Map([[PROVINCE, cases]]), deaths: new Map([[PROVINCE, deaths]]), doses: [] },
        places,
        random,
      ),
    )
    while (epidemic.second < (i + 1) * DAY_SECONDS) batches.push(epidemic.step((i + 1) * DAY_SECONDS, eventsMax))
  })
  return { epidemic, batches, units: book.units }
}

const days = fc.array(fc.record({ cases: fc.nat(40), deaths: fc.nat(5) }), { minLength: 1, maxLength: 20 })

test('cases and deaths stand on the days of the input; deaths that find no case are counted', () => {
  fc.assert(
    fc.property(days, fc.nat(60), fc.integer(), fc.integer({ min: 1, max: 500 }), (input, beds, seed, eventsMax) => {
      const { batches, epidemic } = run(input, beds, seed, eventsMax)
      const created = batches.flatMap((batch) => batch.created)
      const ended = (outcome: string) =>
        created.filter((one) => one.state.kind === 'over' && one.state.outcome === outcome)
      expect(created).toHaveLength(input.reduce((sum, day) => sum + day.cases, 0))
      expect(ended('died').length + epidemic.deathsUnmet).toBe(input.reduce((sum, day) => sum + day.deaths, 0))
      expect(created.filter((one) => one.state.kind !== 'over')).toHaveLength(epidemic.openCases)
      const perDay = new Map<string, number>()
      for (const one of created) perDay.set(one.reportDay, (perDay.get(one.reportDay) ?? 0) + 1)
      expect([...perDay.values()].sort()).toEqual(
        input
          .map((day) => day.cases)
          .filter((n) => n > 0)
          .sort(),
      )
    }),
    { numRuns: 40 },
  )
})

test('beds are never less than none, and each unit keeps its sum', () => {
  fc.assert(
    fc.property(days, fc.nat(20), fc.integer(), (input, beds, seed) => {
      const { units: after, batches } = run(input, beds, seed, 50)
      for (const unit of after) {
        expect(Math.min(unit.available, unit.held, unit.occupied, unit.cleaning)).toBeGreaterThanOrEqual(0)
        expect(unit.available + unit.held + unit.occupied + unit.cleaning + unit.blocked).toBe(beds + 1)
        const moved = batches.flatMap((batch) => batch.beds).filter((move) => move.unit === unit)
        expect(beds + moved.reduce((sum, move) => sum + move.by.available, 0)).toBe(unit.available)
      }
    }),
    { numRuns: 40 },
  )
})

test('every occupied bed has its case while the replay runs', () => {
  const { units: after, batches } = run(
    [
      { cases: 40, deaths: 2 },
      { cases: 40, deaths: 3 },
    ],
    100,
    1,
    100,
  )
  const inBed = (one: ReplayCase) => one.bed !== undefined && one.state.kind === 'care'
  const cases = new Set(batches.flatMap((batch) => batch.created))
  expect(after.reduce((sum, unit) => sum + unit.occupied, 0)).toBe([...cases].filter(inBed).length)
})

test('the dead die on their day; the rest recover within weeks, waiting first', () => {
  const { batches } = run(
    [{ cases: 40, deaths: 0 }, { cases: 0, deaths: 3 }, ...Array(40).fill({ cases: 0, deaths: 0 })],
    100,
    3,
    20,
  )
  const columns = batches.flatMap((batch) => batch.created).map(caseColumns)
  expect(columns.filter((one) => one.outcome === 'died').map((one) => one.outcomeDay)).toEqual(
    Array(3).fill('2021-11-02'),
  )
  expect(columns.filter((one) => one.outcome === 'recovered')).toHaveLength(37)
})

test('without beds the yellow and red wait, the green go home after two days', () => {
  const { batches } = run([{ cases: 40, deaths: 0 }, ...Array(4).fill({ cases: 0, deaths: 0 })], 0, 5, 1000)
  const columns = batches.flatMap((batch) => batch.created).map(caseColumns)
  expect(new Set(columns.filter((one) => one.severity === 'green').map((one) => one.carePlace))).toEqual(
    new Set(['hi']),
  )
  expect(new Set(columns.filter((one) => one.severity !== 'green').map((one) => one.carePlace))).toEqual(
    new Set(['waiting']),
  )
})

test('a case that was open in an earlier run goes on', () => {
  const book = createBedBook(units(1))
  const epidemic = createEpidemic(FIRST, 0, book, createRandom(1))
  const found: ReplayCase = {
    id: 77,
    district: '9501',
    reportDay: '2021-10-25',
    reportedAt: -7 * DAY_SECONDS,
    severity: 'green',
    severityAt: 0,
    risk608: false,
    state: { kind: 'care', place: 'hospital' },
    stateAt: 0,
    bed: undefined,
  }
  epidemic.adopt(found)
  const batch = epidemic.step(20 * DAY_SECONDS, 100)
  expect(batch.created).toEqual([])
  expect(batch.changed.map((one) => [one.id, caseColumns(one).outcome])).toEqual([[77, 'recovered']])
})
