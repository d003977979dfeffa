import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { type AreaDay, areaDayKey, type CaseAmounts } from './daily-cases.ts'
import { createGazetteer } from './fields.ts'
import { coverage, coverageNotes, isIrregular } from './known-pitfalls.ts'
import { planCases } from './plan-cases.ts'
import { BEFORE_FIRST, DOSE_KEYS, type DoseTotals, dipNotes, planDoses } from './plan-doses.ts'

const area = fc.constantFrom('10', '16', '00')
const day = fc.integer({ min: 0, max: 6 }).map((n) => addDays('2021-04-01', n))
const small = fc.integer({ min: 0, max: 9 })

function file<A>(amounts: fc.Arbitrary<A>): fc.Arbitrary<AreaDay<A>[]> {
  return fc.uniqueArray(fc.record({ area, day, amounts }), { selector: (row) => areaDayKey(row.area, row.day) })
}

const caseFile = file(fc.record({ cases: small, deaths: small }, { requiredKeys: [] }) as fc.Arbitrary<CaseAmounts>)
const doseFile = file(fc.record({ 1: small, 2: small, 3: small }, { requiredKeys: [] }) as fc.Arbitrary<DoseTotals>)

describe('planCases', () => {
  test('the same file twice changes nothing, whatever was imported before', () => {
    fc.assert(
      fc.property(caseFile, caseFile, (before, said) => {
        const first = planCases(said, new Map(before.map((row) => [areaDayKey(row.area, row.day), row.amounts])))
        const imported = new Map(
          [...before, ...first.amounts].map((row) => [areaDayKey(row.area, row.day), row.amounts]),
        )
        expect(planCases(said, imported)).toMatchObject({ moves: [], amounts: [], unchanged: said.length })
      }),
    )
  })

  test('before plus moves is what the file says; what it leaves blank stays', () => {
    fc.assert(
      fc.property(caseFile, caseFile, (before, said) => {
        const imported = new Map(before.map((row) => [areaDayKey(row.area, row.day), row.amounts]))
        const moves = new Map(planCases(said, imported).moves.map((move) => [areaDayKey(move.area, move.day), move]))
        for (const row of said) {
          const key = areaDayKey(row.area, row.day)
          const was = imported.get(key)
          expect((was?.cases ?? 0) + (moves.get(key)?.cases ?? 0)).toBe(row.amounts.cases ?? was?.cases ?? 0)
          expect((was?.deaths ?? 0) + (moves.get(key)?.deaths ?? 0)).toBe(row.amounts.deaths ?? was?.deaths ?? 0)
        }
      }),
    )
  })
})

describe('what an import changes in numbers of days', () => {
  const imported = new Map<string, CaseAmounts>([
    [areaDayKey('10', '2021-04-01'), { cases: 5, deaths: 1 }],
    [areaDayKey('10', '2021-04-03'), { cases: 7 }],
  ])
  const row = (day: string, amounts: CaseAmounts, area = '10') => ({ area, day, amounts })
  const revised = (...file: AreaDay<CaseAmounts>[]) =>
    planCases(file, imported).revisions.map(({ kind, subject, day, amount }) => `${kind} ${subject} ${day} ${amount}`)

  test('another number of a day is a correction by the difference, of cases and of deaths', () => {
    expect(revised(row('2021-04-01', { cases: 3, deaths: 4 }))).toEqual([
      'corrected cases 2021-04-01 2',
      'corrected deaths 2021-04-01 3',
    ])
    expect(revised(row('2021-04-01', { cases: 5 }))).toEqual([])
  })

  test('a day that was passed over is late; the next one, and a province that begins, are not', () => {
    expect(revised(row('2021-04-02', { cases: 6 }))).toEqual(['late cases 2021-04-02 6'])
    expect(revised(row('2021-04-04', { cases: 6 }), row('2021-03-01', { cases: 2 }, '50'))).toEqual([])
    // Of deaths the first of April was the last.
    expect(revised(row('2021-04-03', { deaths: 2 }))).toEqual([])
    expect(revised(row('2021-04-02', { cases: 0 }))).toEqual([])
  })
})

describe('planDoses', () => {
  const sum = (rows: readonly { area: string; dose: string; doses: number }[], where: string, dose: string) =>
    rows.filter((row) => row.area === where && row.dose === dose).reduce((total, row) => total + row.doses, 0)

  test('after any two files the rows add up to the last total of each province and dose', () => {
    fc.assert(
      fc.property(doseFile, doseFile, (one, two) => {
        const first = planDoses(one, new Map())
        const imported = new Map(first.amounts.map((row) => [areaDayKey(row.area, row.day), row]))
        const second = planDoses(two, imported)
        for (const row of second.amounts) imported.set(areaDayKey(row.area, row.day), row)
        const rows = [...first.rows, ...second.rows]
        for (const where of ['10', '16', '00']) {
          for (const dose of DOSE_KEYS) {
            const reports = [...imported.values()]
              .filter((row) => row.area === where && row.amounts[dose] !== undefined)
              .sort((a, b) => (a.day < b.day ? -1 : 1))
            expect(sum(rows, where, dose)).toBe(reports.at(-1)?.amounts[dose] ?? 0)
          }
        }
        expect(planDoses(two, imported).rows).toEqual([])
        expect(rows.every((row) => row.doses > 0 || row.kind === 'correction')).toBe(true)
      }),
    )
  })

  const report = (where: string, on: string, total: number): AreaDay<DoseTotals> => ({
    area: where,
    day: on,
    amounts: { 1: total },
  })

  test('a total that dips becomes a correction row and is said', () => {
    const plan = planDoses([report('10', '2021-05-11', 100), report('10', '2021-05-20', 90)], new Map())
    expect(plan.rows).toEqual([
      { area: '10', day: BEFORE_FIRST, dose: '1', kind: 'report', doses: 100 },
      { area: '10', day: '2021-05-20', dose: '1', kind: 'correction', doses: -10 },
    ])
    const gazetteer = createGazetteer(['10', '16', '17'].map((code) => ({ code, nameTh: code, nameEn: code })))
    expect(dipNotes(plan.dips, gazetteer)[0]).toBe(
      'on 2021-05-20 totals fall in 1 province, by 10 doses: taken as corrections',
    )
  })

  test("a day on which most provinces fall is called a break of the source's base", () => {
    const gazetteer = createGazetteer([{ code: '10', nameTh: '10', nameEn: '10' }])
    const plan = planDoses([report('10', '2021-05-11', 100), report('10', '2021-05-20', 90)], new Map())
    expect(dipNotes(plan.dips, gazetteer)[0]).toContain('base breaks there')
  })
})

describe('coverage', () => {
  const rows = (days: readonly string[], areas: readonly string[]) =>
    days.flatMap((on) => areas.map((where) => ({ area: where, day: on, amounts: {} })))

  test('partial days and missing days are said', () => {
    const cover = coverage(
      [...rows(['2021-04-01', '2021-04-02'], ['10', '16']), ...rows(['2021-04-05'], ['10', '00'])],
      2,
    )
    expect(cover && coverageNotes(cover, 2, 'nothing is assumed')).toEqual([
      'partial days, the missing provinces are taken as not reported, not as zero: 2021-04-05 (1 of 2)',
      'days are missing, nothing is assumed: 2021-04-02 → 2021-04-05 (3 days)',
    ])
  })

  test('weekly report dates are not daily counts', () => {
    const cover = coverage(rows(['2021-04-01', '2021-04-08', '2021-04-15'], ['10']), 1)
    expect(cover && isIrregular(cover)).toBe(true)
  })
})
