import { fittingOf, optionsOf } from '../../../../hub/contract/alerts/rules.ts'
import { INDICATOR_IDS, INDICATORS, isIndicator, WITH_THRESHOLDS } from '../../../../hub/contract/indicators/index.ts'
import type { Unit } from '../../../../hub/contract/indicators/indicator.ts'
import { ALERT_MEASURES } from '../../../../hub/contract/vocabulary/alerts.ts'
import type { Answer, AskingBody } from '../../api/http.ts'
import { boundText, readBound } from '../admin/thresholdText.ts'

export type Rule = Answer<'GET /api/alert-rules'>['rules'][number]
export type RuleBody = AskingBody<'POST /api/alert-rules'>
type Numbers = 'bound' | 'clearBound' | 'forSeconds' | 'ackMinutes'
/** A rule while it is written: its numbers as they stand in the fields, shares in per cent, `forSeconds` in minutes. */
export type RuleDraft = Omit<RuleBody, Numbers | 'option'> & { readonly option: string | null } & Readonly<
    Record<Numbers, string>
  >

/** What a rule can watch: measures of silence and of the system, and every indicator of which a value can be abnormal. */
export const WATCHABLE: readonly string[] = [
  ...ALERT_MEASURES,
  ...INDICATOR_IDS.filter((id) => WITH_THRESHOLDS.includes(id)),
]

/** `system.messages` is a share; the other measures are whole hours, days and seconds. */
const unitOf = (indicator: string): Unit =>
  isIndicator(indicator) ? INDICATORS[indicator].unit : indicator === 'system.messages' ? 'share' : 'count'

export function draftOf({ id: _, problem: _p, nobody: _n, ...rule }: Rule): RuleDraft {
  const unit = unitOf(rule.indicator)
  return {
    ...rule,
    bound: boundText(unit, rule.bound),
    clearBound: boundText(unit, rule.clearBound),
    forSeconds: String(rule.forSeconds / 60),
    ackMinutes: String(rule.ackMinutes),
  }
}

export const NEW_RULE: RuleDraft = {
  indicator: 'beds.occupancy',
  option: '3',
  areaKind: 'province',
  condition: 'above',
  nameTh: '',
  nameEn: '',
  bound: '',
  clearBound: '',
  forSeconds: '5',
  severity: 'moderate',
  owner: 'provincial_health',
  ackMinutes: '60',
  escalateTo: null,
  sound: false,
  enabled: true,
}

/** Another thing to watch: of what does not fit it, the first that does. */
export function watching(draft: RuleDraft, indicator: string): RuleDraft {
  const fitting = fittingOf(indicator)
  const options = optionsOf(indicator)
  const fitted = <T>(value: T, all: readonly T[] = []): T => {
    const [first = value] = all
    return all.includes(value) ? value : first
  }
  return {
    ...draft,
    indicator,
    option: fitted(draft.option, options),
    areaKind: fitted(draft.areaKind, fitting?.areaKinds),
    condition: fitted(draft.condition, fitting?.conditions),
  }
}

/** @returns the body that the draft means; `undefined` while one of its numbers is none */
export function bodyOf(draft: RuleDraft): RuleBody | undefined {
  const unit = unitOf(draft.indicator)
  const numbers = {
    bound: readBound(unit, draft.bound),
    clearBound: readBound(unit, draft.clearBound),
    forMinutes: readBound('count', draft.forSeconds),
    ackMinutes: readBound('count', draft.ackMinutes),
  }
  const { bound, clearBound, forMinutes, ackMinutes } = numbers
  if (bound == null || clearBound == null || forMinutes == null || ackMinutes == null) return undefined
  return { ...draft, bound, clearBound, forSeconds: Math.round(forMinutes * 60), ackMinutes }
}
