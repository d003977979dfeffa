import type { RecordKind } from '../../../hub/contract/vocabulary/records.ts'
import type { FieldError, LikelyDuplicate, RecordBody, Recorded } from '../api/record.ts'

/** Why a record is not under way: nothing was tried yet, no answer, the hub is busy, or nobody is signed in. */
export type WaitReason = 'new' | 'unreachable' | 'busy' | 'signed_out'

export type QueueState =
  | { readonly kind: 'waiting'; readonly tries: number; readonly notBefore: number; readonly why: WaitReason }
  | { readonly kind: 'sending'; readonly tries: number; readonly since: number }
  /** `made`: the number of the case, register entry, test or dose; records of an earlier version lack it. `event`: takes a check back */
  | {
      readonly kind: 'saved'
      readonly at: number
      readonly case: number | null
      readonly made?: number
      readonly event?: number
    }
  | {
      readonly kind: 'conflict'
      readonly at: number
      readonly case: number | null
      readonly likely: readonly LikelyDuplicate[]
    }
  | { readonly kind: 'refused'; readonly at: number; readonly refusal: RecordRefusal }

export type RecordRefusal = {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly fields: readonly FieldError[]
}

/**
 * What happened to a record. `abandoned`: the tab that was sending it died. `unreached`: no answer that says what
 * became of it; the same key makes it safe to send again. `wake`: the network is back, or the person is impatient.
 */
export type QueueEvent =
  | { readonly type: 'send'; readonly now: number }
  | { readonly type: 'abandoned' }
  | { readonly type: 'unreached'; readonly notBefore: number; readonly why: WaitReason }
  | { readonly type: 'saved'; readonly now: number; readonly answer: Recorded }
  | { readonly type: 'refused'; readonly now: number; readonly refusal: RecordRefusal }
  | { readonly type: 'wake' }
  | { readonly type: 'keep_both' }

type Kind = QueueState['kind']
type StateOf<K extends Kind> = Extract<QueueState, { kind: K }>
type EventOf<T extends QueueEvent['type']> = Extract<QueueEvent, { type: T }>
type Table = {
  readonly [K in Kind]: {
    readonly [T in QueueEvent['type']]: (state: StateOf<K>, event: EventOf<T>) => QueueState
  }
}

const stay = <S extends QueueState>(state: S): S => state

function saved(_: QueueState, { now, answer }: EventOf<'saved'>): QueueState {
  return answer.likely.length === 0
    ? { kind: 'saved', at: now, case: answer.case, made: answer.id, ...(answer.event && { event: answer.event }) }
    : { kind: 'conflict', at: now, case: answer.case, likely: answer.likely }
}

function refused(_: QueueState, { now, refusal }: EventOf<'refused'>): QueueState {
  return { kind: 'refused', at: now, refusal }
}

function unreached({ tries }: { readonly tries: number }, { notBefore, why }: EventOf<'unreached'>): QueueState {
  return { kind: 'waiting', tries: tries + 1, notBefore, why }
}

const ended = {
  send: stay,
  abandoned: stay,
  unreached: stay,
  saved: stay,
  refused: stay,
  wake: stay,
  keep_both: stay,
} as const

const TABLE: Table = {
  waiting: {
    send: ({ tries }, { now }) => ({ kind: 'sending', tries, since: now }),
    abandoned: stay,
    // Not even sent: the hub was asked who is signed in, and did not answer.
    unreached,
    // Another tab was taken for dead and its answer came after all.
    saved,
    refused,
    wake: (state) => ({ ...state, notBefore: 0 }),
    keep_both: stay,
  },
  sending: {
    send: stay,
    abandoned: ({ tries }) => ({ kind: 'waiting', tries, notBefore: 0, why: 'unreachable' }),
    unreached,
    saved,
    refused,
    wake: stay,
    keep_both: stay,
  },
  saved: ended,
  conflict: { ...ended, keep_both: ({ at, case: id }) => ({ kind: 'saved', at, case: id }) },
  refused: ended,
}

/** The state after an event. An event that does not fit the state changes nothing: it came late. */
export function advance(state: QueueState, event: QueueEvent): QueueState {
  const row = TABLE[state.kind] as Record<QueueEvent['type'], (state: QueueState, event: QueueEvent) => QueueState>
  return row[event.type](state, event)
}

/** One record on this phone. What is personal is in `body` and `title`; both are gone once the hub has it. */
export type QueuedRecord = {
  /** the idempotency key: made once, when the person pressed save */
  readonly key: string
  /** the account that recorded it; nobody else sees or sends it */
  readonly account: string
  readonly kind: RecordKind
  readonly body: RecordBody | null
  /** what the list calls it: a name, or a place */
  readonly title: string
  /** ms since 1970 */
  readonly madeAt: number
  readonly state: QueueState
}

/** The record after an event. Whatever the hub has taken leaves this phone, but for a line that says so. */
export function advanceRecord(record: QueuedRecord, event: QueueEvent): QueuedRecord {
  const state = advance(record.state, event)
  if (state === record.state) return record
  return isTaken(state) ? { ...record, state, body: null, title: '' } : { ...record, state }
}

/** The hub has it: what is personal leaves this phone. */
export function isTaken({ kind }: QueueState): boolean {
  return kind === 'saved' || kind === 'conflict'
}

/** Records one phone holds unsent, of all accounts: about 2 MB. At the limit the form says so and saves no more. */
export const UNSENT_MAX = 500
/** Lines about records that were saved, per account; the oldest make room. */
export const SAVED_LINES_MAX = 20
/** Records of one request. Small, so that on a bad line each answer is progress. */
export const BATCH_RECORDS = 20

export function isUnsent({ state }: Pick<QueuedRecord, 'state'>): boolean {
  return state.kind === 'waiting' || state.kind === 'sending' || state.kind === 'refused'
}

/** What to send now, oldest first. */
export function dueRecords(records: readonly QueuedRecord[], now: number, max: number): QueuedRecord[] {
  return records
    .filter(({ state }) => state.kind === 'waiting' && state.notBefore <= now)
    .sort((a, b) => a.madeAt - b.madeAt)
    .slice(0, max)
}

/** ms until the next record is due; `undefined` when none waits. */
export function nextDueIn(records: readonly QueuedRecord[], now: number): number | undefined {
  const times = records.flatMap(({ state }) => (state.kind === 'waiting' ? [state.notBefore] : []))
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - now)
}

/** Lines about saved records beyond the limit; a conflict stays until somebody has looked at it. */
export function forgettable<R extends Pick<QueuedRecord, 'state'>>(records: readonly R[]): R[] {
  const lines = records.flatMap((record) => (record.state.kind === 'saved' ? [{ record, at: record.state.at }] : []))
  return lines
    .sort((a, b) => b.at - a.at)
    .slice(SAVED_LINES_MAX)
    .map(({ record }) => record)
}
