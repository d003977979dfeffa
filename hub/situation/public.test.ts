import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyDelta, emptyScope } from '../contract/live/apply.ts'
import { publicValue } from '../contract/live/public-values.ts'
import type { Scope } from '../contract/live/scopes.ts'
import type { Change, Tuple } from './change.ts'
import { Situation } from './situation.ts'

const TODAY = '2021-11-11'
const DISTRICTS = ['5001', '5002', '5003', '5000'] as const

/** What somebody who reads everything that is public knows: number by column, area and scope. */
function publicNumbers(situation: Situation): Map<string, number> {
  const found = new Map<string, number>()
  for (const scope of ['nation', 'public:50'] satisfies Scope[]) {
    const state = emptyScope(scope)
    applyDelta(state, situation.since(scope, 0))
    for (const [key, value] of state.cells) found.set(`${scope} ${key}`, value)
  }
  return found
}

const ofDistricts = (numbers: ReadonlyMap<string, number>) =>
  [...numbers].filter(([key]) => /\|\d{4}$/.test(key)).map(([, value]) => value)

const caseOf = (id: number, district: string, severity: string): Tuple => ({
  id: String(id),
  district,
  severity,
  report_day: TODAY,
  outcome_day: TODAY,
  ...{
    classification: 'confirmed',
    stage: 'waiting',
    care_place: 'field',
    outcome: 'none',
    waiting: 't',
    unclaimed: 't',
  },
})
const step = fc.record({
  id: fc.nat(40),
  to: fc.option(
    fc.record({ district: fc.constantFrom(...DISTRICTS), severity: fc.constantFrom('red', 'yellow', 'green') }),
    { freq: 6 },
  ),
})

it('[D9] no number that is public, and no difference of two over time, is a district’s count of 1 to 4', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), (steps) => {
      const situation = new Situation()
      const operation = { id: '1', day: TODAY, kind: 'drill', title_th: '', title_en: '' }
      situation.reset({ epoch: 'e', position: 1, at: 1, groups: [], rows: [{ table: 'operation', row: operation }] })
      const cases = new Map<number, Tuple>()
      const seen = new Set<number>([0])
      steps.forEach(({ id, to }, i) => {
        const old = cases.get(id)
        const row = to === null ? undefined : caseOf(id, to.district, to.severity)
        const changes: Change[] = []
        if (row && old) changes.push({ kind: 'update', table: 'cases', row, old })
        else if (row) changes.push({ kind: 'insert', table: 'cases', row })
        else if (old) changes.push({ kind: 'delete', table: 'cases', old })
        if (row) cases.set(id, row)
        else cases.delete(id)
        situation.apply({ position: i + 2, at: i + 2, changes })
        for (const value of ofDistricts(publicNumbers(situation))) seen.add(value)
      })
      for (const one of seen) for (const other of seen) expect([1, 2, 3, 4]).not.toContain(one - other)
    }),
    { numRuns: 200 },
  )
})

it('[D9] what a province’s total leaves over fits one person fewer in any district that has 1 to 4', () => {
  const counts = fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.nat(12))
  const shown = (values: readonly number[]) => ({
    total: values.reduce((a, b) => a + b, 0),
    districts: values.map((value, i) => publicValue('waiting.red', DISTRICTS[i] ?? '', value)),
  })
  fc.assert(
    fc.property(counts, (values) => {
      values.slice(0, -1).forEach((value, i) => {
        if (value < 1 || value > 4) return
        const other = values.map((each, at) => (at === i ? each - 1 : at === DISTRICTS.length - 1 ? each + 1 : each))
        expect(shown(other)).toEqual(shown(values))
      })
    }),
  )
})
