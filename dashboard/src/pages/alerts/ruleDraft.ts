import { fittingOf, optionsOf } from '../../../../hub/contract/alerts/rules.ts'
import { INDICATOR_IDS, INDICATORS, isIndicator, WITH_THRESHOLDS } from '../../../../hub/contract/indicators/index.ts'
import type { Unit } from '../../../../hub/contract/indicators/indicator.ts'
import { ALERT_MEASURES, type AlertAreaKind, ownersIn } from '../../../../hub/contract/vocabulary/alerts.ts'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import type { Answer, AskingBody } from '../../api/http.ts'
import { boundText, readBound } from '../admin/thresholdText.ts'

export type Rule = Answer<'GET /api/alert-rules'>['rules'][number]
export type RuleBody = AskingBody<'POST /api/alert-rules'>
type Numbers = 'bound' | 'clearBound' | 'forSeconds' | 'ackMinutes'
/** A rule while it is written: its numbers as they stand in the fields, shares in per cent, `forSeconds` in minutes. */
export type RuleDraft = Omit<RuleBody, Numbers | 'option' | 'area'> & {
  readonly area: string
  readonly option: string | null
} & Readonly<Record<Numbers, string>>

/** What a rule can watch: measures of silence and of the system, and every indicator of which a value can be abnormal. */
export const WATCHABLE: readonly string[] = [
  ...ALERT_MEASURES,
  ...INDICATOR_IDS.filter((id) => WITH_THRESHOLDS.includes(id)),
]

/** `system.messages` is a share; the other measures are whole hours, days, minutes and seconds. */
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
  area: NATION,
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

/** A province's own rule, as the nation's that it is to stand in place of. */
export function ownDraft(rule: Rule, area: string): RuleDraft {
  return fittedTo(area, { ...draftOf(rule), enabled: true })
}

/** The draft as a rule of an area: of what a province's rule may not be, the first that it may. */
export function fittedTo(area: string, draft: RuleDraft): RuleDraft {
  const owners = ownersIn(area)
  if (owners.includes(draft.owner)) return { ...draft, area }
  return { ...draft, area, owner: 'provincial_health', escalateTo: null }
}

/** In which kinds of area a rule can watch; a province's own not the nation as a whole. */
export function areaKindsOf({ area, indicator }: Pick<RuleDraft, 'area' | 'indicator'>): readonly AlertAreaKind[] {
  const kinds = fittingOf(indicator)?.areaKinds ?? []
  return area === NATION ? kinds : kinds.filter((kind) => kind !== 'nation')
}

/** What can be watched by a rule of an area: a province has no system of its own. */
export function watchableIn(area: string): readonly string[] {
  return WATCHABLE.filter((indicator) => areaKindsOf({ area, indicator }).length > 0)
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
    areaKind: fitted(draft.areaKind, areaKindsOf({ ...draft, indicator })),
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
