import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../vocabulary/days.ts'
import { beds, type Cells, curve, perHundredThousand, waiting } from './cells.ts'
import { INDICATORS, type IndicatorId } from './index.ts'

const TODAY = '2021-11-11'
const cellsOf =
  (values: Readonly<Record<string, number>>): Cells =>
  (column, area) =>
    values[`${column}|${area}`] ?? 0
/** `perDay(daysAgo)` new cases in the nation. */
const cases = (perDay: (daysAgo: number) => number) =>
  cellsOf(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`cases@${addDays(TODAY, -i)}|TH`, perDay(i)])))

const read = (id: IndicatorId, cells: Cells, code = 'TH') =>
  INDICATORS[id].read(cells, { code, parts: [] }, TODAY, 0, {}).value

describe('rates and changes', () => {
  test('per 100,000, and unknown where the population is', () => {
    expect(perHundredThousand(50, 200_000)).toBe(25)
    expect(perHundredThousand(50, undefined)).toBeNull()
  })

  test('the change against last week leaves today out and compares like weekdays', () => {
    expect(
      read(
        'cases.growth',
        cases((ago) => (ago === 0 ? 1 : ago <= 6 ? 30 : 20)),
      ),
    ).toBeCloseTo(0.5)
    expect(
      read(
        'cases.growth',
        cases((ago) => (ago === 7 ? 9_999 : 20)),
      ),
    ).toBeCloseTo(0)
    expect(
      read(
        'cases.growth',
        cases((ago) => (ago <= 6 ? 5 : 0)),
      ),
    ).toBeNull()
  })

  test('the mean is of the seven complete days', () => {
    expect(
      read(
        'cases.mean',
        cases((ago) => (ago === 0 ? 1_000 : ago)),
      ),
    ).toBe(4)
  })
})

describe('stocks', () => {
  test('waiting by severity, with those not triaged', () => {
    const cells = cellsOf({ 'waiting.red|50': 2, 'waiting.green|50': 5, 'waiting.unknown|50': 1 })
    expect(waiting(cells, '50')).toEqual({ unknown: 1, green: 5, yellow: 0, red: 2, total: 8 })
  })

  test('occupancy by level; none where no bed is staffed', () => {
    const cells = cellsOf({ 'beds.staffed.3|50': 10, 'beds.occupied.3|50': 9, 'beds.available.3|50': 1 })
    expect(beds(cells, '50', '3')).toMatchObject({ occupancy: 0.9, available: 1 })
    expect(beds(cells, '50', '1').occupancy).toBeNull()
  })

  test('doses of a day with what was late and what was taken back', () => {
    const cells = cellsOf({
      [`doses.1@${TODAY}|50`]: 100,
      [`doses.2@${TODAY}|50`]: 200,
      [`doses.late@${TODAY}|50`]: 20,
      [`doses.corrected@${TODAY}|50`]: -5,
    })
    const all = (['doses.day', 'doses.late', 'doses.corrected'] as const).map((id) => read(id, cells, '50'))
    expect(all).toEqual([300, 20, -5])
    const byDose = ([1, 2, 3, 4] as const).map(
      (dose) => INDICATORS['doses.day'].read(cells, { code: '50', parts: [] }, TODAY, 0, { dose }).value,
    )
    expect(byDose).toEqual([100, 200, null, null])
  })
})

describe('curve', () => {
  test('a day that is not known takes the mean of the seven days it lies in', () => {
    const made = curve([7, 7, 7, null, 7, 7, 7, 7, 7, 7, 7, 7], TODAY)
    expect(made.mean).toEqual([...new Array(10).fill(null), 7, null])
  })

  test('the mean of a day equals the mean of its seven values; today has none', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30_000), { minLength: 8, maxLength: 120 }), (values) => {
        const made = curve(values, TODAY)
        expect(made.values).toEqual(values)
        expect(made.days.at(-1)).toBe(TODAY)
        expect(made.mean.at(-1)).toBeNull()
        made.mean.slice(0, -1).forEach((mean, i) => {
          if (i < 6) expect(mean).toBeNull()
          else expect(mean).toBeCloseTo(values.slice(i - 6, i + 1).reduce((a, b) => a + b, 0) / 7)
        })
      }),
    )
  })
})
