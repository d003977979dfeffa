import { CLOSE, type CloseName, mayReconnect } from '../../../hub/contract/live/close.ts'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'

/**
 * The link to the hub as an immutable state machine: `step(state, event, at)` says the next state and what to do.
 * It opens no socket and reads no clock; link.ts carries it out. Times are ms since 1970 of the screen's own clock.
 */

/**
 * Silence after which the screen says stale. A hub that dies just after a beat is to be shown within 2 s, the frame that
 * shows it among them; of two beats of 1 s the second may be 0.7 s late.
 */
export const STALE_AFTER_MS = 1_700
/** Silence after which the socket is given up: TCP may keep a dead one for minutes. */
export const DEAD_AFTER_MS = 8_000
/** A handshake that takes longer has failed. */
export const CONNECT_TIMEOUT_MS = 10_000
/** A link that lived this long was a good one: the next back-off starts from the beginning. */
export const SETTLED_AFTER_MS = 10_000
export const BACKOFF_BASE_MS = 500
export const BACKOFF_MAX_MS = 15_000
/** Browsers are often wrong about being offline, so a try goes out now and then all the same. */
export const OFFLINE_RETRY_MS = 15_000
/** After the network is back, all screens of a building would call at once. */
export const ONLINE_SPREAD_MS = 1_000
/** A wall that was left on the old version during an upgrade reloads until the new page is there. */
export const VERSION_RELOAD_EVERY_MS = 60_000

export type StopReason =
  | 'left'
  | 'unknown'
  | Extract<CloseName, 'garbage' | 'oversized' | 'version' | 'revoked' | 'tooMany'>

/** What outlives a single socket. */
export type Memory = {
  /** attempts in a row that came to nothing */
  readonly failures: number
  /** delay of the hub's last `bye`, not yet used */
  readonly byeMs: number | null
  /** when the last frame came */
  readonly heardAt: number | null
  /** when this page was last reloaded for another protocol version, kept over the reload */
  readonly reloadedAt: number | null
}

type Common = { readonly since: number; readonly memory: Memory }
export type ConnectionState =
  | ({ readonly kind: 'connecting' } & Common)
  | ({ readonly kind: 'open'; readonly heardAt: number } & Common)
  | ({ readonly kind: 'stale'; readonly heardAt: number } & Common)
  | ({ readonly kind: 'waiting'; readonly until: number } & Common)
  | ({ readonly kind: 'offline'; readonly until: number } & Common)
  | ({ readonly kind: 'stopped'; readonly reason: StopReason } & Common)

export type ConnectionEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'heard' }
  | { readonly kind: 'bye'; readonly inMs: number }
  | { readonly kind: 'closed'; readonly code: number }
  | { readonly kind: 'tick' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'stop' }

/** `open` a socket · `close` the present one · `subscribe` to all scopes · `reload` the page. */
export type Effect = 'open' | 'close' | 'subscribe' | 'reload'
export type Step = { readonly state: ConnectionState; readonly effects: readonly Effect[] }
/** `random` in [0, 1). */
export type At = { readonly now: number; readonly random: number }

type Kind = ConnectionState['kind']
type StateOf<K extends Kind> = Extract<ConnectionState, { kind: K }>
type EventKind = ConnectionEvent['kind']
type EventOf<K extends EventKind> = Extract<ConnectionEvent, { kind: K }>
type Row<S extends Kind> = { readonly [E in EventKind]: (state: StateOf<S>, event: EventOf<E>, at: At) => Step }
type Table = { readonly [S in Kind]: Row<S> }

export function startState(reloadedAt: number | null): ConnectionState {
  const memory = { failures: 0, byeMs: null, heardAt: null, reloadedAt }
  return { kind: 'stopped', reason: 'left', since: 0, memory }
}

const same = (state: ConnectionState): Step => ({ state, effects: [] })

function connect(state: ConnectionState, at: At): Step {
  return { state: { kind: 'connecting', since: at.now, memory: state.memory }, effects: ['open'] }
}

function stopped(state: ConnectionState, reason: StopReason, at: At, effects: readonly Effect[]): Step {
  return { state: { kind: 'stopped', reason, since: at.now, memory: state.memory }, effects }
}

/** Full jitter: any delay up to a ceiling that doubles, so that a crowd spreads evenly. */
export function backOffMs(failures: number, random: number): number {
  return random * Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** failures)
}

function wait(state: ConnectionState, at: At, effects: readonly Effect[]): Step {
  const settled = (state.kind === 'open' || state.kind === 'stale') && at.now - state.since >= SETTLED_AFTER_MS
  const failures = settled ? 0 : state.memory.failures
  const until = at.now + (state.memory.byeMs ?? backOffMs(failures, at.random))
  const memory = { ...state.memory, byeMs: null, failures: failures + 1 }
  return { state: { kind: 'waiting', since: at.now, until, memory }, effects }
}

function goOffline(state: ConnectionState, at: At): Step {
  const until = at.now + OFFLINE_RETRY_MS * (0.5 + at.random / 2)
  return { state: { kind: 'offline', since: at.now, until, memory: state.memory }, effects: ['close'] }
}

/** Reload at once unless that has just been tried; otherwise stand still and try again later. */
function otherVersion(state: ConnectionState, at: At): Step {
  const { reloadedAt } = state.memory
  if (reloadedAt !== null && at.now - reloadedAt < VERSION_RELOAD_EVERY_MS) {
    return stopped(state, 'version', at, ['close'])
  }
  const memory = { ...state.memory, reloadedAt: at.now }
  return stopped({ ...state, memory }, 'version', at, ['close', 'reload'])
}

function reasonOf(code: number): StopReason {
  for (const name of ['garbage', 'oversized', 'revoked', 'tooMany'] as const) if (CLOSE[name].code === code) return name
  return 'unknown'
}

function closed(state: ConnectionState, event: EventOf<'closed'>, at: At): Step {
  if (event.code === CLOSE.version.code) return otherVersion(state, at)
  if (!mayReconnect(event.code)) return stopped(state, reasonOf(event.code), at, [])
  return wait(state, at, [])
}

function hello(state: ConnectionState, event: EventOf<'hello'>, at: At): Step {
  if (event.version !== PROTOCOL_VERSION) return otherVersion(state, at)
  const memory = { ...state.memory, heardAt: at.now }
  return { state: { kind: 'open', since: at.now, heardAt: at.now, memory }, effects: ['subscribe'] }
}

function heard(state: StateOf<'open'> | StateOf<'stale'>, at: At): Step {
  return same({ ...state, kind: 'open', heardAt: at.now, memory: { ...state.memory, heardAt: at.now } })
}

function bye(state: ConnectionState, event: EventOf<'bye'>): Step {
  return same({ ...state, memory: { ...state.memory, byeMs: event.inMs } })
}

const leave = (state: ConnectionState, _event: EventOf<'stop'>, at: At): Step => stopped(state, 'left', at, ['close'])
const connectWhenDue = (state: StateOf<'waiting'> | StateOf<'offline'>, at: At): Step =>
  at.now >= state.until ? connect(state, at) : same(state)

const TABLE: Table = {
  stopped: {
    start: (state, _event, at) => connect(state, at),
    hello: same,
    heard: same,
    bye: same,
    closed: same,
    tick: (state, _event, at) =>
      state.reason === 'version' && at.now - state.since >= VERSION_RELOAD_EVERY_MS
        ? otherVersion(state, at)
        : same(state),
    online: same,
    offline: same,
    stop: leave,
  },
  connecting: {
    start: same,
    hello,
    heard: same,
    bye,
    closed,
    tick: (state, _event, at) =>
      at.now - state.since >= CONNECT_TIMEOUT_MS ? wait(state, at, ['close']) : same(state),
    online: same,
    offline: (state, _event, at) => goOffline(state, at),
    stop: leave,
  },
  open: {
    start: same,
    hello,
    heard: (state, _event, at) => heard(state, at),
    bye,
    closed,
    tick: (state, _event, at) => same(at.now - state.heardAt >= STALE_AFTER_MS ? { ...state, kind: 'stale' } : state),
    online: same,
    // A hub on the same machine answers without any network: silence is the proof, not the browser's word.
    offline: same,
    stop: leave,
  },
  stale: {
    start: same,
    hello,
    heard: (state, _event, at) => heard(state, at),
    bye,
    closed,
    tick: (state, _event, at) => (at.now - state.heardAt >= DEAD_AFTER_MS ? wait(state, at, ['close']) : same(state)),
    online: same,
    offline: (state, _event, at) => goOffline(state, at),
    stop: leave,
  },
  waiting: {
    start: (state, _event, at) => connect(state, at),
    hello: same,
    heard: same,
    bye: same,
    closed: same,
    tick: (state, _event, at) => connectWhenDue(state, at),
    online: (state, _event, at) =>
      same({ ...state, until: Math.min(state.until, at.now + at.random * ONLINE_SPREAD_MS) }),
    offline: (state, _event, at) => goOffline(state, at),
    stop: leave,
  },
  offline: {
    start: (state, _event, at) => connect(state, at),
    hello: same,
    heard: same,
    bye: same,
    closed: same,
    tick: (state, _event, at) => connectWhenDue(state, at),
    online: (state, _event, at) =>
      same({
        kind: 'waiting',
        since: at.now,
        until: at.now + at.random * ONLINE_SPREAD_MS,
        memory: { ...state.memory, failures: 0 },
      }),
    offline: same,
    stop: leave,
  },
}

/** The next state and what to do. Total: every event has an answer in every state. */
export function step(state: ConnectionState, event: ConnectionEvent, at: At): Step {
  const row = TABLE[state.kind] as Readonly<
    Record<EventKind, (state: ConnectionState, event: ConnectionEvent, at: At) => Step>
  >
  return row[event.kind](state, event, at)
}

/** When the next `tick` can change something, or `null`. */
export function dueAt(state: ConnectionState): number | null {
  switch (state.kind) {
    case 'connecting':
      return state.since + CONNECT_TIMEOUT_MS
    case 'open':
      return state.heardAt + STALE_AFTER_MS
    case 'stale':
      return state.heardAt + DEAD_AFTER_MS
    case 'waiting':
    case 'offline':
      return state.until
    case 'stopped':
      return state.reason === 'version' ? state.since + VERSION_RELOAD_EVERY_MS : null
  }
}
