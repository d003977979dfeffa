import type { AlertEvent, AlertState } from '../contract/vocabulary/alerts.ts'

type Held = { readonly by: string; readonly label: string; readonly at: number }

/** How an alert stands. Times: ms since 1970. `dueAt`: until when it is to be answered; `null`: it was escalated to nobody. */
export type Standing =
  | { readonly state: 'raised'; readonly dueAt: number }
  | { readonly state: 'suppressed' }
  | { readonly state: 'escalated' }
  | { readonly state: 'acknowledged'; readonly held: Held }
  | { readonly state: 'shelved'; readonly held: Held; readonly until: number }
  | { readonly state: 'cleared_unacknowledged' }
  | { readonly state: 'cleared' }

/**
 * What moves it. People: `acknowledge`, `take_over` from who has it, `shelve`, `unshelve`. The hub: `clear` (what it is about is over), `return` (it is so
 * again), `escalate`, `end_shelf`, `suppress` and `release` (the budget of announcements), `forget`, `withdraw` (its rule is off).
 */
export const ALERT_MOVES = [
  'acknowledge',
  'take_over',
  'shelve',
  'unshelve',
  'clear',
  'return',
  'escalate',
  'end_shelf',
  'suppress',
  'release',
  'forget',
  'withdraw',
] as const
export type AlertMove = (typeof ALERT_MOVES)[number]

type From = Readonly<Record<AlertState, AlertState | null>>
const NOWHERE: From = {
  raised: null,
  suppressed: null,
  escalated: null,
  acknowledged: null,
  shelved: null,
  cleared_unacknowledged: null,
  cleared: null,
}
const UNANSWERED = (to: AlertState) => ({ raised: to, suppressed: to, escalated: to })

/** Where each move leads from each state; `null`: nowhere. */
export const NEXT: Readonly<Record<AlertMove, From>> = {
  acknowledge: { ...NOWHERE, ...UNANSWERED('acknowledged'), cleared_unacknowledged: 'cleared' },
  take_over: { ...NOWHERE, acknowledged: 'acknowledged', shelved: 'acknowledged' },
  // Who has it may shelve it, and shelve it for longer.
  shelve: { ...NOWHERE, ...UNANSWERED('shelved'), acknowledged: 'shelved', shelved: 'shelved' },
  unshelve: { ...NOWHERE, shelved: 'raised' },
  // Nobody was called to what is suppressed, and whoever has it has answered: nothing is left to answer.
  clear: {
    ...NOWHERE,
    ...UNANSWERED('cleared_unacknowledged'),
    suppressed: 'cleared',
    acknowledged: 'cleared',
    shelved: 'cleared',
  },
  return: { ...NOWHERE, cleared_unacknowledged: 'raised' },
  escalate: { ...NOWHERE, raised: 'escalated' },
  end_shelf: { ...NOWHERE, shelved: 'raised' },
  suppress: { ...NOWHERE, raised: 'suppressed' },
  release: { ...NOWHERE, suppressed: 'raised' },
  forget: { ...NOWHERE, cleared_unacknowledged: 'cleared' },
  withdraw: {
    ...NOWHERE,
    ...UNANSWERED('cleared'),
    acknowledged: 'cleared',
    shelved: 'cleared',
    cleared_unacknowledged: 'cleared',
  },
}

/** What a move is called in the history. */
export const HISTORY: Readonly<Record<AlertMove, AlertEvent | null>> = {
  acknowledge: 'acknowledged',
  take_over: 'taken_over',
  shelve: 'shelved',
  unshelve: 'unshelved',
  clear: 'cleared',
  return: 'returned',
  escalate: 'escalated',
  end_shelf: 'unshelved',
  // It goes with the raise, the return or the end of a shelf.
  suppress: null,
  release: 'released',
  forget: 'unanswered',
  withdraw: 'withdrawn',
}

export type Answer =
  /** `says`: with a word; who has it already may add one, and has it since they took it */
  | { readonly type: 'acknowledge'; readonly says?: boolean }
  | { readonly type: 'take_over' }
  | { readonly type: 'shelve'; readonly minutes: number }
  | { readonly type: 'unshelve' }

export type AlertDecision =
  | { readonly ok: true; readonly standing: Standing }
  | { readonly ok: false; readonly refusal: 'alert_held'; readonly held: Held }
  | { readonly ok: false; readonly refusal: 'alert_ended' | 'alert_over' | 'alert_not_shelved' | 'alert_free' }

const MINUTE_MS = 60_000

/** Why an answer leads nowhere from a state that nobody holds and that has not ended. */
const NOWHERE_TO = {
  acknowledge: 'alert_over',
  take_over: 'alert_free',
  shelve: 'alert_over',
  unshelve: 'alert_not_shelved',
} as const satisfies Record<Answer['type'], string>

/**
 * What becomes of an alert that somebody answers. Whether they may is the table's question, asked before.
 * @param now ms since 1970 @param ackMinutes in which it is to be answered when it rings again
 */
export function decideAnswer(
  standing: Standing,
  answer: Answer,
  actor: { readonly id: string; readonly label: string },
  { now, ackMinutes }: { readonly now: number; readonly ackMinutes: number },
): AlertDecision {
  const next = NEXT[answer.type][standing.state]
  if ('held' in standing && answer.type !== 'unshelve') {
    const isOwn = standing.held.by === actor.id
    if (isOwn && answer.type === 'acknowledge' && answer.says) return { ok: true, standing }
    if (next === null || isOwn === (answer.type === 'take_over')) {
      return { ok: false, refusal: 'alert_held', held: standing.held }
    }
  }
  if (next === null) {
    return { ok: false, refusal: standing.state === 'cleared' ? 'alert_ended' : NOWHERE_TO[answer.type] }
  }
  const held = { by: actor.id, label: actor.label, at: now }
  switch (answer.type) {
    case 'shelve':
      return { ok: true, standing: { state: 'shelved', held, until: now + answer.minutes * MINUTE_MS } }
    case 'unshelve':
      return { ok: true, standing: { state: 'raised', dueAt: now + ackMinutes * MINUTE_MS } }
    case 'take_over':
      return { ok: true, standing: { state: 'acknowledged', held } }
    case 'acknowledge':
      return { ok: true, standing: next === 'cleared' ? { state: 'cleared' } : { state: 'acknowledged', held } }
  }
}
