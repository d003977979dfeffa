import { expect, it } from 'vitest'
import { ruleProblem } from '../../../../hub/contract/alerts/rules.ts'
import { bodyOf, draftOf, NEW_RULE, ownDraft, type Rule, WATCHABLE, watchableIn, watching } from './ruleDraft.ts'

const RULE: Rule = {
  id: 1,
  area: 'TH',
  indicator: 'beds.occupancy',
  option: '3',
  areaKind: 'province',
  condition: 'above',
  nameTh: 'ก',
  nameEn: 'A',
  bound: 0.85,
  clearBound: 0.8,
  forSeconds: 300,
  severity: 'severe',
  owner: 'provincial_health',
  ackMinutes: 30,
  escalateTo: 'national',
  sound: true,
  enabled: true,
  problem: null,
  nobody: false,
}

it('a rule is written in per cent and minutes, and comes back as it was', () => {
  const draft = draftOf(RULE)
  expect(draft).toMatchObject({ bound: '85', clearBound: '80', forSeconds: '5' })
  const { id: _, problem: _p, nobody: _n, ...body } = RULE
  expect(bodyOf(draft)).toEqual(body)
})

it('what is no number is not sent', () => {
  for (const field of ['bound', 'clearBound', 'forSeconds', 'ackMinutes'] as const) {
    expect(bodyOf({ ...draftOf(RULE), [field]: 'ninety' }), field).toBeUndefined()
    expect(bodyOf({ ...draftOf(RULE), [field]: '' }), field).toBeUndefined()
  }
})

it('whatever is chosen to be watched, what does not fit it is chosen anew', () => {
  const wrong = WATCHABLE.filter((indicator) => {
    const draft = watching({ ...NEW_RULE, bound: '1', clearBound: '1' }, indicator)
    const body = bodyOf(draft)
    const problem =
      body && ruleProblem({ ...body, area: draft.area, option: draft.option, bound: 0.5, clearBound: 0.5 })
    return problem === 'rule_option' || problem === 'rule_area' || problem === 'rule_condition'
  })
  expect(wrong).toEqual([])
})

it('a province’s own rule starts from the nation’s, and is for people of the province', () => {
  const body = bodyOf(ownDraft({ ...RULE, owner: 'national', escalateTo: null, enabled: false }, '50'))
  expect(body).toMatchObject({ area: '50', bound: 0.85, owner: 'provincial_health', enabled: true })
  expect(watchableIn('50').filter((indicator) => indicator.startsWith('system.'))).toEqual([])
  const wrong = watchableIn('50').filter((indicator) => {
    const draft = watching({ ...ownDraft(RULE, '50'), bound: '1', clearBound: '1' }, indicator)
    return ruleProblem({ ...bodyOf(draft)!, ...draft, bound: 0.5, clearBound: 0.5 }) === 'rule_area'
  })
  expect(wrong).toEqual([])
})
