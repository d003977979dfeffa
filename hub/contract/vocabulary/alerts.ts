import { NATION } from './areas.ts'
import type { Role } from './roles.ts'

/** How bad it is, mildest first: the severities of CAP 1.2. */
export const ALERT_SEVERITIES = ['minor', 'moderate', 'severe', 'extreme'] as const
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number]

/**
 * States as in ISA-18.2. `suppressed`: held back by a flood, so that nobody was called to it. `cleared_unacknowledged`:
 * it is over and nobody had answered. An acknowledgement ends with its alert.
 */
export const LIVE_ALERT_STATES = [
  'raised',
  'suppressed',
  'escalated',
  'acknowledged',
  'shelved',
  'cleared_unacknowledged',
] as const
export type LiveAlertState = (typeof LIVE_ALERT_STATES)[number]
export const ALERT_STATES = [...LIVE_ALERT_STATES, 'cleared'] as const
export type AlertState = (typeof ALERT_STATES)[number]

/** Nobody has answered, and what it is about goes on. */
export const UNANSWERED_STATES = ['raised', 'suppressed', 'escalated'] as const satisfies readonly AlertState[]
/** Somebody has it. */
export const HELD_STATES = ['acknowledged', 'shelved'] as const satisfies readonly AlertState[]

/**
 * What rings. `above`, `below`: the number reaches the bound · `days_until`: so many days are left, or fewer · `growth`: a
 * change of so much · `oldest`: somebody waits so many minutes · `silent_for`: nothing was heard for so long.
 */
export const ALERT_CONDITIONS = ['above', 'below', 'days_until', 'growth', 'oldest', 'silent_for'] as const
export type AlertCondition = (typeof ALERT_CONDITIONS)[number]
/** With these a smaller number is worse. */
export const FALLING_CONDITIONS: readonly AlertCondition[] = ['below', 'days_until']

export const ALERT_AREA_KINDS = ['nation', 'province', 'district', 'facility'] as const
export type AlertAreaKind = (typeof ALERT_AREA_KINDS)[number]

/**
 * What a rule may watch beside the indicators. `silence.facility`: hours since an active facility last reported, of the
 * kinds that have a deadline · `silence.reports`: whole days of which a province has said no number of cases · `system.lag`:
 * seconds that the hub is behind PostgreSQL · `system.messages`: share of the hour's text messages that is used up ·
 * `help.unverified`: minutes that the oldest red request which stands apart has waited to be confirmed.
 */
export const ALERT_MEASURES = [
  'silence.facility',
  'silence.reports',
  'system.lag',
  'system.messages',
  'help.unverified',
] as const
export type AlertMeasure = (typeof ALERT_MEASURES)[number]

/** Who answers, lowest first; who stands above may answer too. The administrator answers for the system alone. */
export const ALERT_OWNERS = [
  'bed_coordinator',
  'district_chief',
  'provincial_health',
  'governor',
  'national',
  'administrator',
] as const satisfies readonly Role[]
export type AlertOwner = (typeof ALERT_OWNERS)[number]

/** Whether an account of this role answers what is `owner`'s: the owner, and who stands above in the same area. */
export function mayAnswer(role: string, owner: AlertOwner): boolean {
  if (role === owner || role === 'national') return true
  if (role === 'administrator' || owner === 'administrator') return false
  const owners: readonly string[] = ALERT_OWNERS
  return owners.indexOf(role) > owners.indexOf(owner)
}

/** Who answers by a rule of this area: a province calls its own people, and nobody above them but by escalation. */
export function ownersIn(area: string): readonly AlertOwner[] {
  return area === NATION ? ALERT_OWNERS : ALERT_OWNERS.filter((role) => role !== 'national' && role !== 'administrator')
}

/** To whom an alert of `owner` may be escalated: to those above. */
export function escalatesTo(owner: AlertOwner): readonly AlertOwner[] {
  return ALERT_OWNERS.filter((role) => role !== owner && mayAnswer(role, owner))
}

/**
 * What happens to an alert, as its history says it. `released`: announced after a flood · `returned`: again, before
 * anybody had answered · `taken_over`: from who had it · `undone`: what the same account had just answered · `unanswered`: over for long, and nobody has answered · `withdrawn`: its rule was turned off.
 */
export const ALERT_EVENTS = [
  'raised',
  'released',
  'acknowledged',
  'taken_over',
  'shelved',
  'unshelved',
  'undone',
  'escalated',
  'returned',
  'cleared',
  'unanswered',
  'withdrawn',
] as const
export type AlertEvent = (typeof ALERT_EVENTS)[number]

/** What is wrong with a rule that cannot be computed; refusals say it by the same names. */
export const RULE_PROBLEMS = [
  'rule_indicator',
  'rule_option',
  'rule_area',
  'rule_condition',
  'rule_bound',
  'rule_clear',
  'rule_owner',
  'rule_escalation',
] as const
export type RuleProblem = (typeof RULE_PROBLEMS)[number]

/** New alerts of an audience (the nation, a province) in FLOOD_MS: more are a flood, which ends below the second. */
export const FLOOD_BEGINS_ABOVE = 10
export const FLOOD_ENDS_BELOW = 5
/** Of what an audience is called to in FLOOD_MS, so many are kept for what is extreme. */
export const FLOOD_KEPT = 3
export const FLOOD_MS = 600_000
