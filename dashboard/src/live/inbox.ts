import { applyDelta, emptyScope, type ScopeState } from '../../../hub/contract/live/apply.ts'
import type { Beat, ClientMessage, Delta, Hello, HubMessage } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'

/**
 * Frames in, changed keys out: folds deltas into scopes and collects what changed until somebody takes it.
 * No socket, no clock, no Solid: `receive` returns the messages to send.
 */

/** A `sub` unanswered for this long is sent again. */
export const ANSWER_TIMEOUT_MS = 5_000
/** A scope that was silent for this long is asked about, so that a quiet screen is proved right too (PROTOCOL.md, C8). */
export const QUIET_PROOF_MS = 30_000
/** A hub whose sums stay wrong is asked for a snapshot this often, not at the speed of the wire. */
export const RESYNC_EVERY_MS = 1_000
/** Commit times kept until the next paint; a hidden tab paints seldom and needs only the newest. */
export const COMMITS_MAX = 64

type Box = {
  readonly state: ScopeState
  /** when `sub` was sent, until its answer is here */
  askedAt: number | null
  /** when the last right delta came */
  provedAt: number
  /** when the newest commit in it was made, PostgreSQL's clock */
  committedAt: number
  /** since when the sum has been wrong */
  wrongSince: number | null
  resyncedAt: number
  denied: string | null
  readonly cells: Set<string>
  readonly rows: Set<string>
  commits: number[]
}

export type Inbox = {
  readonly boxes: Map<Scope, Box>
  /** of the positions held; `null` while none is */
  epoch: string | null
  hello: Hello | null
  beat: Beat | null
  /** when the hub last said that it lives and is level: by a beat, or by a delta whose sum is right */
  vouchedAt: number | null
  /** since the page was loaded: deltas whose checksum was right, and times a scope fell out of step */
  verified: number
  mismatches: number
  /** the last time that a scope was wrong and is right again: until when, and for how many ms */
  wasWrong: { readonly until: number; readonly ms: number } | null
  changed: boolean
}

/** What a reader needs after a flush. `commits`: times of live commits now to be painted, PostgreSQL's clock. */
export type ScopeFlush = {
  readonly scope: Scope
  readonly state: ScopeState
  readonly cells: ReadonlySet<string>
  readonly rows: ReadonlySet<string>
  readonly commits: readonly number[]
  /** when the last right delta came */
  readonly receivedAt: number
  /** when the newest commit in it was made, PostgreSQL's clock */
  readonly committedAt: number
}

export function createInbox(scopes: readonly Scope[]): Inbox {
  const boxes = new Map<Scope, Box>()
  for (const scope of scopes) {
    boxes.set(scope, {
      state: emptyScope(scope),
      askedAt: null,
      provedAt: 0,
      committedAt: 0,
      wrongSince: null,
      resyncedAt: Number.NEGATIVE_INFINITY,
      denied: null,
      cells: new Set(),
      rows: new Set(),
      commits: [],
    })
  }
  return {
    boxes,
    epoch: null,
    hello: null,
    beat: null,
    vouchedAt: null,
    verified: 0,
    mismatches: 0,
    wasWrong: null,
    changed: false,
  }
}

function ask(inbox: Inbox, box: Box, at: number, now: number): ClientMessage {
  box.askedAt = now
  const epoch = inbox.hello?.e
  return { t: 'sub', s: box.state.scope, at, ...(epoch === undefined ? {} : { e: epoch }) }
}

/** All subscriptions, at the positions held: what to send on a fresh socket, after its `hello`. */
export function subscribeAll(inbox: Inbox, now: number): ClientMessage[] {
  return [...inbox.boxes.values()].map((box) => ask(inbox, box, box.wrongSince === null ? box.state.position : 0, now))
}

/** `sub`s whose answer is overdue, and snapshots that are due after a wrong sum. */
export function overdue(inbox: Inbox, now: number): ClientMessage[] {
  const out: ClientMessage[] = []
  for (const box of inbox.boxes.values()) {
    if (box.denied !== null) continue
    const late = box.askedAt !== null && now - box.askedAt >= ANSWER_TIMEOUT_MS
    const stillWrong = box.wrongSince !== null && box.askedAt === null
    if (stillWrong && now - box.resyncedAt >= RESYNC_EVERY_MS) out.push(...resync(inbox, box, now))
    else if (late || isQuiet(box, now)) out.push(ask(inbox, box, box.wrongSince === null ? box.state.position : 0, now))
  }
  return out
}

function isQuiet(box: Box, now: number): boolean {
  return box.askedAt === null && box.state.position > 0 && now - box.provedAt >= QUIET_PROOF_MS
}

function resync(inbox: Inbox, box: Box, now: number): ClientMessage[] {
  box.resyncedAt = now
  return [{ t: 'wrong', s: box.state.scope }, ask(inbox, box, 0, now)]
}

function onWrong(inbox: Inbox, box: Box, now: number): ClientMessage[] {
  if (box.wrongSince === null) inbox.mismatches++
  inbox.changed = true
  box.askedAt = null
  box.wrongSince ??= now
  return now - box.resyncedAt >= RESYNC_EVERY_MS ? resync(inbox, box, now) : []
}

function onDelta(inbox: Inbox, box: Box, delta: Delta, now: number): ClientMessage[] {
  const isAnswer = box.askedAt !== null
  const before = box.state.position
  const applied = applyDelta(box.state, delta)
  if (!('cells' in applied)) {
    if (applied.outcome === 'wrong') return onWrong(inbox, box, now)
    return applied.outcome === 'gap' && !isAnswer ? [ask(inbox, box, before, now)] : []
  }
  for (const key of applied.cells) box.cells.add(key)
  for (const key of applied.rows) box.rows.add(key)
  box.askedAt = null
  box.provedAt = now
  box.committedAt = delta.at
  inbox.vouchedAt = now
  inbox.verified++
  inbox.changed = true
  // The answer to a `sub` brings old commits: their age is the outage's, not the hub's.
  if (!isAnswer && delta.to > before) box.commits = [...box.commits, delta.at].slice(-COMMITS_MAX)
  if (box.wrongSince === null) return []
  const ms = Math.max(0, now - box.wrongSince)
  box.wrongSince = null
  inbox.wasWrong = { until: now, ms }
  return [{ t: 'wrong', s: box.state.scope, ms }]
}

function onHello(inbox: Inbox, hello: Hello): void {
  const moved = inbox.epoch !== null && inbox.epoch !== hello.e
  inbox.epoch = hello.e
  inbox.hello = hello
  inbox.changed = true
  // Positions of another database mean nothing in this one; what is shown stays until the snapshot replaces it.
  for (const box of inbox.boxes.values()) {
    if (moved) box.state.position = 0
    // What was refused on another socket is asked for on this one anew.
    box.denied = null
  }
}

/** As `onDelta`; a frame that has not the shape of a delta leaves the scope as uncertain as a wrong sum does. */
function onFrame(inbox: Inbox, box: Box, delta: Delta, now: number): ClientMessage[] {
  try {
    return onDelta(inbox, box, delta, now)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return onWrong(inbox, box, now)
  }
}

/** A snapshot that was there before the link was, and the epoch of its position. */
export type EarlySnapshot = { readonly epoch: string; readonly delta: Delta }

/**
 * Folds what came before the link: the hub then sends what has changed since. A snapshot whose sum is wrong is asked for again. Nobody
 * has vouched for it since, and its last commit is of any age: neither freshness nor latency is told by it.
 */
export function begin(inbox: Inbox, { epoch, delta }: EarlySnapshot, now: number): void {
  const box = inbox.boxes.get(delta.s)
  if (!box) return
  inbox.epoch = epoch
  box.askedAt = now
  onFrame(inbox, box, delta, now)
  box.askedAt = null
  inbox.vouchedAt = null
}

/** Fold one message. @returns what to send in answer. */
export function receive(inbox: Inbox, message: HubMessage, now: number): ClientMessage[] {
  switch (message.t) {
    case 'hello':
      onHello(inbox, message)
      return []
    case 'beat':
      inbox.beat = message
      inbox.vouchedAt = now
      inbox.changed = true
      return []
    case 'delta': {
      const box = inbox.boxes.get(message.s)
      return box ? onFrame(inbox, box, message, now) : []
    }
    case 'deny': {
      const box = [...inbox.boxes.values()].find((candidate) => candidate.state.scope === message.s)
      if (!box) return []
      box.denied = message.code
      box.askedAt = null
      inbox.changed = true
      return []
    }
    case 'pong':
    case 'tell':
    case 'bye':
      return []
  }
}

/** What changed since the last time, and forget it. */
export function takeFlush(inbox: Inbox): ScopeFlush[] {
  inbox.changed = false
  const out: ScopeFlush[] = []
  for (const box of inbox.boxes.values()) {
    if (box.cells.size === 0 && box.rows.size === 0 && box.commits.length === 0) continue
    out.push({
      scope: box.state.scope,
      state: box.state,
      cells: new Set(box.cells),
      rows: new Set(box.rows),
      commits: box.commits,
      receivedAt: box.provedAt,
      committedAt: box.committedAt,
    })
    box.cells.clear()
    box.rows.clear()
    box.commits = []
  }
  return out
}

/** The longest-standing wrong sum, or `null` when all sums are right. */
export function wrongSince(inbox: Inbox): number | null {
  let since: number | null = null
  for (const box of inbox.boxes.values()) {
    if (box.wrongSince !== null && (since === null || box.wrongSince < since)) since = box.wrongSince
  }
  return since
}

export function deniedCode(inbox: Inbox): string | null {
  for (const box of inbox.boxes.values()) if (box.denied !== null) return box.denied
  return null
}

const KINDS: ReadonlySet<string> = new Set<HubMessage['t']>(['hello', 'delta', 'beat', 'pong', 'tell', 'deny', 'bye'])

/** A frame's text as a message; `undefined` when it is none. Full schemas stay on the hub: here they cost 15 kB. */
export function parseFrame(text: string): HubMessage | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('t' in value)) return undefined
  return typeof value.t === 'string' && KINDS.has(value.t) ? (value as HubMessage) : undefined
}
