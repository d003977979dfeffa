import type { AlertRule } from '../contract/alerts/rules.ts'
import { ruleProblem } from '../contract/alerts/rules.ts'
import type { AlertEvent, AlertOwner, AlertSeverity } from '../contract/vocabulary/alerts.ts'
import { announce, type Draft, type Flood, type Recent } from './budget.ts'
import { type AlertMove, HISTORY, NEXT, type Standing } from './machine.ts'
import { keyOf, type Place, type Reading } from './readings.ts'

/** An alert that has not ended, as the database has it. Times: ms since 1970. */
export type LiveAlert = Place & {
  readonly id: number
  readonly rule: number
  readonly severity: AlertSeverity
  readonly standing: Standing
  readonly ackMinutes: number
  readonly escalateTo: AlertOwner | null
  readonly value: number | null
  readonly announced: boolean
  readonly announcedNation: boolean
  readonly raisedAt: number
  readonly clearedAt: number | null
}

export type Event = {
  readonly kind: AlertEvent
  readonly announced: boolean
  readonly announcedNation: boolean
}
type Outcome = {
  readonly standing: Standing
  readonly announced: boolean
  readonly announcedNation: boolean
  readonly value: number | null
  readonly events: readonly Event[]
}
export type Raise = Outcome & { readonly reading: Reading }
export type Change = Outcome & { readonly alert: LiveAlert }
/** What is to be written; nothing when all is as it was. */
export type Step = {
  readonly raise: readonly Raise[]
  readonly change: readonly Change[]
  readonly floods: ReadonlyMap<string, Flood>
}

export type Situated = {
  readonly rules: readonly AlertRule[]
  readonly readings: ReadonlyMap<string, Reading>
  /** since when each has been on (onSince) */
  readonly since: ReadonlyMap<string, number>
  readonly live: readonly LiveAlert[]
  readonly recent: Recent
  readonly floods: ReadonlyMap<string, Flood>
  readonly now: number
}

/** An alert that is over and that nobody has answered stands for a shift, and is then forgotten. */
export const UNANSWERED_KEPT_MS = 12 * 3_600_000
const MINUTE_MS = 60_000

/** The moves that time and the situation make of an alert, in their order. */
function movesOf(
  alert: LiveAlert,
  rule: AlertRule | undefined,
  reading: Reading | undefined,
  now: number,
): AlertMove[] {
  if (rule === undefined || !rule.enabled) return ['withdraw']
  // Of a rule that cannot be computed nothing is known; a place that is no more (a closed facility) ends its alert.
  if (reading === undefined) return ruleProblem(rule) === null ? ['withdraw'] : []
  const { standing, clearedAt, escalateTo } = alert
  const { state } = standing
  if (reading.verdict === 'off' && NEXT.clear[state] !== null) return ['clear']
  if (reading.verdict === 'on' && NEXT.return[state] !== null) return ['return']
  if (standing.state === 'shelved' && now >= standing.until) return ['end_shelf']
  if (standing.state === 'raised' && now >= standing.dueAt && escalateTo !== null) return ['escalate']
  const isOver = state === 'cleared_unacknowledged' && now - (clearedAt ?? now) >= UNANSWERED_KEPT_MS
  return isOver ? ['forget'] : []
}

/** How it stands after a move of the hub's. */
function moved(alert: LiveAlert, move: AlertMove, now: number): Standing {
  const state = NEXT[move][alert.standing.state]
  switch (state) {
    case 'raised':
      return { state, dueAt: now + alert.ackMinutes * MINUTE_MS }
    case 'suppressed':
    case 'escalated':
    case 'cleared_unacknowledged':
    case 'cleared':
      return { state }
    default:
      throw new RangeError(`the hub does not ${move} what is ${alert.standing.state}`)
  }
}

/** These ring again, and so need the leave of the budget. */
const RINGING: readonly AlertMove[] = ['return', 'end_shelf']

function draftOf(
  alert: LiveAlert,
  rule: AlertRule | undefined,
  reading: Reading | undefined,
  now: number,
): Draft<LiveAlert> {
  const [move] = movesOf(alert, rule, reading, now)
  const { area, severity, raisedAt, standing, announced, announcedNation } = alert
  const dueAt = now + alert.ackMinutes * MINUTE_MS
  const base = { of: alert, rule: alert.rule, area, severity, raisedAt, dueAt, announced, announcedNation }
  if (move === undefined) return { ...base, standing, kind: null, rings: false, counts: false }
  return {
    ...base,
    standing: moved(alert, move, now),
    kind: HISTORY[move],
    rings: RINGING.includes(move),
    counts: move === 'return',
  }
}

function newDraft(reading: Reading, now: number): Draft<Reading> {
  const { rule, area } = reading
  const dueAt = now + rule.ackMinutes * MINUTE_MS
  return {
    ...{
      of: reading,
      rule: rule.id,
      area,
      severity: rule.severity,
      raisedAt: now,
      kind: 'raised',
      rings: true,
      counts: true,
    },
    standing: { state: 'raised', dueAt },
    dueAt,
    announced: false,
    announcedNation: false,
  }
}

/**
 * What becomes of the alerts, by what the rules say now: what rings, what is over, what nobody has answered in time, and
 * whom each is announced to. Pure; run again on what it has led to, it leads to nothing.
 */
export function evaluate({ rules, readings, since, live, recent, floods, now }: Situated): Step {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const held = new Set(live.map((alert) => keyOf(alert.rule, alert)))
  const drafts = live.map((alert) => draftOf(alert, byId.get(alert.rule), readings.get(keyOf(alert.rule, alert)), now))
  const fresh = [...readings].flatMap(([key, reading]) => {
    const began = reading.verdict === 'on' && !held.has(key) ? since.get(key) : undefined
    return began !== undefined && now - began >= reading.rule.forSeconds * 1_000 ? [newDraft(reading, now)] : []
  })
  const told = announce<LiveAlert | Reading>([...drafts, ...fresh], recent, floods, now)
  return {
    raise: told.outcomes
      .slice(drafts.length)
      .map((outcome, i) => ({ ...outcome, value: fresh[i]!.of.value, reading: fresh[i]!.of })),
    change: told.outcomes.slice(0, drafts.length).flatMap((outcome, i) => {
      const alert = drafts[i]!.of
      if (outcome.events.length === 0) return []
      const value = readings.get(keyOf(alert.rule, alert))?.value ?? alert.value
      return [{ ...outcome, value, alert }]
    }),
    floods: told.floods,
  }
}
