import { applyDelta, emptyScope, type ScopeState } from '../../hub/contract/live/apply.ts'
import type { Delta, HubMessage } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import type { Tally } from './tally.ts'

/**
 * k6's interpreter folds some hundred cells in the time of a tick: six provers that fold all they are sent take the cores
 * of a machine with two. A prover rests so many times as long as it folded, skips what comes meanwhile, and asks for it
 * by its position: one delta with all that changed, so that nothing stays unproved.
 */
const REST_PER_FOLDING = 29
/** A question is answered at the latest after 5 s (rule S5); the machine may be late by as much again. */
const UNANSWERED_MS = 10_000
/** How a delta ends in which nothing has changed. */
const NOTHING = '"c":[],"r":[],"x":[]}'

/** `watches`: positions and times are followed. `folds`: and every checksum proved. `stalls`: reads late, on purpose. */
export type Manner = 'watches' | 'folds' | 'stalls'

/** What a follower has to tell. */
export type Counting = Pick<Tally, 'count' | 'delivered' | 'gap' | 'mismatch' | 'stale' | 'unanswered'>

type Held = {
  position: number
  /** ms since 1970, of the question that has no answer yet */
  askedAt: number | undefined
  /** has been counted as unanswered */
  missed: boolean
  skipped: boolean
  /** the answer to the last question of the run: whether it brought nothing new */
  last: 'not asked' | 'waiting' | 'asked' | 'level' | 'behind'
  /** ms since 1970: the commit of the newest change heard of */
  committedAt: number
  readonly state: ScopeState | undefined
}

/** The head of a delta as hub/contract/live/messages.ts orders it: enough to follow positions without parsing the whole. */
const HEAD = /^\{"t":"delta","s":"([^"]+)","from":(\d+),"to":(\d+),"sum":\d+,"at":([\d.]+)/
const HEAD_LENGTH_MAX = 200

/** What one screen holds of its scopes, whatever socket it comes through: asks, follows, asks again after a gap. */
export class Follower {
  readonly #held = new Map<string, Held>()
  readonly #manner: Manner
  readonly #tally: Counting
  readonly #send: (text: string) => void
  #epoch: string | undefined
  /** ms since 1970, of a prover */
  #restsUntil = 0
  /** sees each delta that was followed, for a proof later */
  onDelta: ((scope: string, whole: boolean, text: string) => void) | undefined
  /** what a hub that says goodbye asks for */
  comeBackIn: number | undefined
  finishing = false

  constructor(scopes: readonly string[], manner: Manner, tally: Counting, send: (text: string) => void) {
    this.#manner = manner
    this.#tally = tally
    this.#send = send
    for (const scope of scopes) {
      this.#held.set(scope, {
        position: 0,
        askedAt: undefined,
        missed: false,
        skipped: false,
        last: 'not asked',
        committedAt: 0,
        state: manner === 'folds' ? emptyScope(scope as Scope) : undefined,
      })
    }
  }

  get #resting(): boolean {
    return this.#manner === 'folds' && !this.finishing && Date.now() < this.#restsUntil
  }

  /** Whether the head of what comes next is enough. */
  get skims(): boolean {
    if (this.finishing) return false
    return this.#manner !== 'folds' || (this.#resting && ![...this.#held.values()].some(({ askedAt }) => askedAt))
  }

  /** By the positions held: after an outage only what was missed comes. */
  askAll(): void {
    for (const scope of this.#held.keys()) this.#ask(scope)
  }

  /** The socket is gone, and its questions with it. */
  lost(): void {
    for (const held of this.#held.values()) {
      held.askedAt = undefined
      if (held.last === 'asked') held.last = 'waiting'
    }
  }

  /** Counts the questions that have waited for too long, each once. */
  sweep(now: number): void {
    for (const held of this.#held.values()) {
      if (held.missed || held.askedAt === undefined || now - held.askedAt < UNANSWERED_MS) continue
      held.missed = true
      this.#tally.unanswered()
    }
  }

  /** The last question of each scope, when nobody writes any more: who held the present learns nothing new. */
  finish(open: boolean): void {
    this.finishing = true
    for (const [scope, held] of this.#held) {
      held.last = 'waiting'
      if (!open || held.askedAt !== undefined) continue
      // The answer to an older question must not pass for the answer to this one: it waits.
      if (held.skipped) this.#ask(scope)
      else this.#askLast(scope, held)
    }
  }

  /** @returns scopes that did not hold the present when it was asked for, or were not told */
  get behind(): number {
    return [...this.#held.values()].filter(({ last }) => last !== 'level').length
  }

  /** @returns ms since 1970, of the newest commit that this scope shows */
  committedAt(scope: string): number {
    return this.#held.get(scope)?.committedAt ?? 0
  }

  #ask(scope: string): void {
    const held = this.#held.get(scope)
    if (held === undefined) return
    held.askedAt = Date.now()
    held.missed = false
    held.skipped = false
    const e = this.#epoch === undefined ? {} : { e: this.#epoch }
    this.#send(JSON.stringify({ t: 'sub', s: scope, at: held.position, ...e }))
  }

  /** @param whole else it is the head of a delta, enough for one who skims */
  hear(text: string, whole = true): void {
    const head = HEAD.exec(text.slice(0, HEAD_LENGTH_MAX))
    if (head !== null) {
      this.#delta(text, head, whole)
      return
    }
    if (text.startsWith('{"t":"delta"')) throw new Error(`the head of a delta has changed: ${text.slice(0, 120)}`)
    const message = JSON.parse(text) as HubMessage
    if (message.t === 'hello') this.#epoch = message.e
    else if (message.t === 'bye') this.comeBackIn = message.in
    else if (message.t === 'deny') this.#denied(message.s)
  }

  #denied(scope: string): void {
    this.#tally.count('denied')
    const held = this.#held.get(scope)
    if (held !== undefined) held.askedAt = undefined
  }

  #delta(text: string, head: RegExpExecArray, whole: boolean): void {
    const scope = head[1] ?? ''
    const held = this.#held.get(scope)
    if (held === undefined) return
    const from = Number(head[2])
    const to = Number(head[3])
    const at = Number(head[4])
    this.#tally.count('bytes', text.length)
    let waiting = false
    if (held.askedAt !== undefined) {
      // Live deltas may come before the answer to a question that was asked in the midst of them.
      if (from > held.position) return
      held.askedAt = undefined
      if (held.last === 'asked') held.last = from !== 0 && text.endsWith(NOTHING) ? 'level' : 'behind'
      waiting = held.last === 'waiting'
      this.#tally.count(from === 0 ? 'snapshots' : 'resumed')
    } else if (this.#manner === 'watches') {
      this.#tally.delivered(Date.now() - at)
    } else if (this.#resting || !whole) {
      held.skipped = true
      this.#tally.count('skipped')
      return
    }
    if (from !== 0 && from > held.position) {
      if (!held.skipped) this.#tally.gap()
      this.#ask(scope)
      return
    }
    if (to < held.position) {
      // A whole scope would be taken for the truth, so an old one takes the screen back.
      if (from === 0) this.#tally.stale()
      return
    }
    held.position = to
    held.committedAt = at
    this.onDelta?.(scope, from === 0, text)
    if (held.state !== undefined) this.#prove(scope, held, held.state, text)
    if (waiting) this.#askLast(scope, held)
  }

  #askLast(scope: string, held: Held): void {
    held.last = 'asked'
    this.#ask(scope)
  }

  #prove(scope: string, held: Held, state: ScopeState, text: string): void {
    this.#tally.count('folded')
    const began = Date.now()
    const { outcome } = applyDelta(state, JSON.parse(text) as Delta)
    const ended = Date.now()
    this.#restsUntil = ended + (ended - began) * REST_PER_FOLDING
    if (outcome !== 'wrong') return
    this.#tally.mismatch()
    this.#send(JSON.stringify({ t: 'wrong', s: scope }))
    held.position = 0
    this.#ask(scope)
  }
}
