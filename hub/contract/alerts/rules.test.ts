import { describe, expect, it } from 'vitest'
import { INDICATOR_IDS } from '../indicators/index.ts'
import { known, unknown } from '../indicators/indicator.ts'
import { ALERT_MEASURES, escalatesTo, type RuleProblem } from '../vocabulary/alerts.ts'
import { byRank, groupsOf } from './order.ts'
import { askedBy, fittingOf, optionsOf, ruleProblem, verdictOf } from './rules.ts'

type Ruled = Parameters<typeof ruleProblem>[0]
const icu: Ruled = {
  area: 'TH',
  indicator: 'beds.occupancy',
  option: '3',
  areaKind: 'province',
  condition: 'above',
  bound: 0.85,
  clearBound: 0.8,
  owner: 'provincial_health',
  escalateTo: 'national',
}
const full: Ruled = { ...icu, indicator: 'beds.full', condition: 'days_until', bound: 3, clearBound: 5 }

describe('a rule', () => {
  it.each([
    ['as it should be', {}, null],
    ['of an indicator that is none', { indicator: 'beds.occupied' }, 'rule_indicator'],
    ['without the level that it is asked by', { option: null }, 'rule_option'],
    ['with a level that is none', { option: '4' }, 'rule_option'],
    ['of facilities', { areaKind: 'facility' }, 'rule_area'],
    ['of growth, for what is no change', { condition: 'growth' }, 'rule_condition'],
    ['that rings at every value', { bound: 0, clearBound: 0 }, 'rule_bound'],
    ['that rings at none', { bound: 1.2 }, 'rule_bound'],
    ['that ends above where it rings', { clearBound: 0.9 }, 'rule_clear'],
    ['that never ends', { clearBound: 0 }, 'rule_clear'],
    ['that goes down to a lower role', { escalateTo: 'district_chief' }, 'rule_escalation'],
    [
      'of the oldest, of a district',
      { indicator: 'waiting.oldest', option: 'red', areaKind: 'district', condition: 'oldest' },
      'rule_area',
    ],
    [
      'of the oldest of a severity that is not kept',
      { indicator: 'waiting.oldest', option: 'green', condition: 'oldest' },
      'rule_option',
    ],
    ['of days, that ends below where it rings', { ...full, clearBound: 2 }, 'rule_clear'],
    ['of days', full, null],
    ['of a lag, of a province', { indicator: 'system.lag', option: null, bound: 5, clearBound: 2 }, 'rule_area'],
  ] satisfies readonly (readonly [string, Partial<Ruled>, RuleProblem | null])[])('%s: %o → %s', (_, over, problem) => {
    expect(ruleProblem({ ...icu, ...over })).toBe(problem)
  })

  it('can be made of every indicator and measure', () => {
    for (const indicator of [...INDICATOR_IDS, ...ALERT_MEASURES]) {
      const fitting = fittingOf(indicator)
      const [option = null] = optionsOf(indicator)
      const [min, max] = fitting!.range
      const bound = (min + max) / 2
      for (const areaKind of fitting!.areaKinds) {
        for (const condition of fitting!.conditions) {
          const rule = { indicator, option, areaKind, condition, bound, clearBound: bound }
          expect(ruleProblem({ ...icu, ...rule }), `${indicator} ${condition}`).toBeNull()
          expect(Object.keys(askedBy(rule))).toHaveLength(option === null ? 0 : 1)
        }
      }
    }
  })

  it('rings at its bound, ends past the other, and does neither between', () => {
    expect([0.85, 0.84, 0.8, 0.79].map((value) => verdictOf(icu, known(value)))).toEqual([
      'on',
      'between',
      'between',
      'off',
    ])
    expect([3, 3.1, 5, 5.1].map((value) => verdictOf(full, known(value)))).toEqual(['on', 'between', 'between', 'off'])
  })

  it('neither rings nor ends at what is not known; what is known to be well ends it', () => {
    expect(verdictOf(icu, unknown('not_reported'))).toBe('unknown')
    expect(verdictOf(full, unknown('too_few'))).toBe('unknown')
    expect(verdictOf(full, unknown('not_within_30_days'))).toBe('off')
  })

  it('of the administrator’s is escalated to national command, and theirs to nobody', () => {
    expect(escalatesTo('administrator')).toEqual(['national'])
    expect(escalatesTo('national')).toEqual([])
    expect(escalatesTo('provincial_health')).toEqual(['governor', 'national'])
  })
})

it('lists are ranked by severity, age and rule, and grouped by rule and province', () => {
  const alert = (id: string, severity: 'minor' | 'extreme', raisedAt: number, rule: number, area: string) => ({
    ...{ id, severity, raisedAt, rule, area },
  })
  const alerts = [
    alert('new minor', 'minor', 2, 1, '5001'),
    alert('old minor', 'minor', 1, 1, '5002'),
    alert('young extreme', 'extreme', 9, 2, '10'),
    alert('minor of a later rule', 'minor', 1, 3, '5001'),
    alert('minor elsewhere', 'minor', 1, 1, '1001'),
  ]
  expect(alerts.toSorted(byRank).map(({ id }) => id)).toEqual([
    ...['young extreme', 'minor elsewhere', 'old minor', 'minor of a later rule', 'new minor'],
  ])
  expect(groupsOf(alerts).map(({ rule, audience, alerts: { length } }) => [rule, audience, length])).toEqual([
    [2, '10', 1],
    [1, '10', 1],
    [1, '50', 2],
    [3, '50', 1],
  ])
})
