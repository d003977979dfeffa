import { INDICATORS, type IndicatorId, isIndicator } from '../indicators/index.ts'
import type { Option, Options, Value } from '../indicators/indicator.ts'
import { MEASURES_OF_AGE } from '../vocabulary/ages.ts'
import {
  ALERT_AREA_KINDS,
  type AlertAreaKind,
  type AlertCondition,
  type AlertMeasure,
  type AlertOwner,
  type AlertSeverity,
  escalatesTo,
  FALLING_CONDITIONS,
  ownersIn,
  type RuleProblem,
} from '../vocabulary/alerts.ts'
import { NATION } from '../vocabulary/areas.ts'
import { BED_LEVELS } from '../vocabulary/beds.ts'
import { DOSE_NUMBERS, KNOWN_GROUPS, TARGET_GROUPS, VACCINES } from '../vocabulary/doses.ts'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'
import { DAYS_INSIDE } from '../vocabulary/metrics.ts'
import { SEVERITIES } from '../vocabulary/severity.ts'
import { STOCK_ITEMS } from '../vocabulary/stock.ts'
import { TEST_KINDS } from '../vocabulary/tests.ts'

/** What a rule watches, where, and when it rings. `option`: what the indicator is asked by. */
export type Watch = {
  readonly indicator: string
  readonly option: string | null
  readonly areaKind: AlertAreaKind
  readonly condition: AlertCondition
  readonly bound: number
  readonly clearBound: number
}
/** A rule as it stands in the database. */
export type AlertRule = Watch & {
  readonly id: number
  /** whose rule it is: the nation's, which counts everywhere, or a province's own */
  readonly area: string
  readonly nameTh: string
  readonly nameEn: string
  readonly forSeconds: number
  readonly severity: AlertSeverity
  readonly owner: AlertOwner
  readonly ackMinutes: number
  readonly escalateTo: AlertOwner | null
  readonly sound: boolean
  readonly enabled: boolean
}

type Fitting = {
  readonly areaKinds: readonly AlertAreaKind[]
  readonly conditions: readonly AlertCondition[]
  readonly range: readonly [min: number, max: number]
}

const YEAR_HOURS = 366 * 24
const DAY_SECONDS = 86_400
const DAY_MINUTES = 1_440
const MEASURES: Readonly<Record<AlertMeasure, Fitting>> = {
  'silence.facility': { areaKinds: ['facility'], conditions: ['silent_for'], range: [0, YEAR_HOURS] },
  'silence.reports': { areaKinds: ['province'], conditions: ['silent_for'], range: [0, DAYS_INSIDE - 2] },
  'system.lag': { areaKinds: ['nation'], conditions: ['above'], range: [0, DAY_SECONDS] },
  'system.messages': { areaKinds: ['nation'], conditions: ['above'], range: [0, 1] },
  'help.unverified': { areaKinds: ['province'], conditions: ['oldest'], range: [0, DAY_MINUTES] },
}

export function isAlertMeasure(id: string): id is AlertMeasure {
  return Object.hasOwn(MEASURES, id)
}

const OPTION_VALUES: Readonly<Record<Option, readonly (string | number)[]>> = {
  level: BED_LEVELS,
  severity: SEVERITIES,
  dose: DOSE_NUMBERS,
  group: TARGET_GROUPS,
  knownGroup: KNOWN_GROUPS,
  vaccine: VACCINES,
  test: TEST_KINDS,
  site: FACILITY_KINDS,
  item: STOCK_ITEMS,
}

const OLDEST = '.oldest'
const isAge = (id: string) => id.endsWith(OLDEST)
const isKept = (id: string, option: string | null) =>
  MEASURES_OF_AGE.some((measure) => measure === `${id.slice(0, -OLDEST.length)}.${option ?? 'any'}`)

/** The options that an indicator can be watched by; `null`: without one. */
export function optionsOf(id: string): readonly (string | null)[] {
  if (!isIndicator(id)) return [null]
  const { by, required } = INDICATORS[id]
  const options = [...(required ? [] : [null]), ...(by === undefined ? [] : OPTION_VALUES[by].map(String))]
  return isAge(id) ? options.filter((option) => isKept(id, option)) : options
}

function conditionsOf(id: IndicatorId): readonly AlertCondition[] {
  const { unit, worse } = INDICATORS[id]
  if (isAge(id)) return ['oldest']
  if (unit === 'change' && worse !== 'lower') return ['growth']
  if (unit === 'days' && worse === 'lower') return ['days_until']
  return ['above', 'below']
}

/** Where, how and within what range an indicator or a measure can be watched; `undefined` when there is none of the name. */
export function fittingOf(id: string): Fitting | undefined {
  if (isAlertMeasure(id)) return MEASURES[id]
  if (!isIndicator(id)) return undefined
  const { finest, range } = INDICATORS[id]
  // The oldest is known of provinces and the nation alone.
  const last = isAge(id) ? 'province' : finest
  return {
    areaKinds: ALERT_AREA_KINDS.slice(0, ALERT_AREA_KINDS.indexOf(last) + 1),
    conditions: conditionsOf(id),
    range,
  }
}

const isFalling = ({ condition }: Watch): boolean => FALLING_CONDITIONS.includes(condition)

/** Why a rule cannot be computed, or could not be answered; `null` when it can. */
export function ruleProblem(rule: Watch & Pick<AlertRule, 'area' | 'owner' | 'escalateTo'>): RuleProblem | null {
  const { area, indicator, option, areaKind, condition, bound, clearBound, owner, escalateTo } = rule
  const fitting = fittingOf(indicator)
  if (fitting === undefined) return 'rule_indicator'
  if (!optionsOf(indicator).includes(option)) return 'rule_option'
  if (!fitting.areaKinds.includes(areaKind) || (area !== NATION && areaKind === 'nation')) return 'rule_area'
  if (!fitting.conditions.includes(condition)) return 'rule_condition'
  const [min, max] = fitting.range
  const [rings, ends] = isFalling(rule)
    ? [bound >= min && bound < max, clearBound >= bound && clearBound < max]
    : [bound <= max && bound > min, clearBound <= bound && clearBound > min]
  if (!rings) return 'rule_bound'
  if (!ends) return 'rule_clear'
  if (!ownersIn(area).includes(owner)) return 'rule_owner'
  return escalateTo === null || escalatesTo(owner).includes(escalateTo) ? null : 'rule_escalation'
}

/** What an indicator is asked for a rule. */
export function askedBy({ indicator, option }: Pick<Watch, 'indicator' | 'option'>): Options {
  if (!isIndicator(indicator) || option === null) return {}
  const { by } = INDICATORS[indicator]
  return by === undefined ? {} : { [by]: by === 'dose' ? Number(option) : option }
}

/** `between`: past the bound at which it ends and not at the one that rings. `unknown`: neither rings nor ends. */
export type Verdict = 'on' | 'off' | 'between' | 'unknown'

/** Not known as a number, and known to be well: nobody waits, it is not full within the month, it is not used up, it is no surge. */
const WELL: readonly Value['why'][] = ['none', 'not_within_30_days', 'not_used', 'fewer_than_ten']

/** What a number says to a rule. Unknown is not zero. */
export function verdictOf(rule: Watch, { value, why }: Pick<Value, 'value' | 'why'>): Verdict {
  if (value === null) return WELL.includes(why) ? 'off' : 'unknown'
  const { bound, clearBound } = rule
  const [rings, ends] = isFalling(rule) ? [value <= bound, value > clearBound] : [value >= bound, value < clearBound]
  return rings ? 'on' : ends ? 'off' : 'between'
}
