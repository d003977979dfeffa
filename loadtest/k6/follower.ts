import type { HubMessage } from '../../hub/contract/live/messages.ts'
import type { Tally } from './tally.ts'

/** What a follower has to tell. */
export type Counting = Pick<Tally, 'count'>

type Held = {
  position: number
  /** whether a question has no answer yet */
  asked: boolean
  /** ms since 1970: the commit of the newest change heard of */
  committedAt: number
}

/** The head of a delta as hub/contract/live/messages.ts orders it: enough to follow positions without parsing the whole. */
const HEAD = /^\{"t":"delta","s":"([^"]+)","from":(\d+),"to":(\d+),"sum":\d+,"at":([\d.]+)/
const HEAD_LENGTH_MAX = 200

/**
 * What a reader that reads late, on purpose, holds of its scopes: asks, follows positions, asks again after a gap. All
 * others are loadtest/xk6-live's.
 */
export class Follower {
  readonly #held = new Map<string, Held>()
  readonly #tally: Counting
  readonly #send: (text: string) => void
  #epoch: string | undefined
  /** sees each delta that was followed, for a proof later */
  onDelta: ((scope: string, whole: boolean, text: string) => void) | undefined

  constructor(scopes: readonly string[], tally: Counting, send: (text: string) => void) {
    this.#tally = tally
    this.#send = send
    for (const scope of scopes) this.#held.set(scope, { position: 0, asked: false, committedAt: 0 })
  }

  askAll(): void {
    for (const [scope, held] of this.#held) this.#ask(scope, held)
  }

  /** @returns ms since 1970, of the newest commit that this scope shows */
  committedAt(scope: string): number {
    return this.#held.get(scope)?.committedAt ?? 0
  }

  #ask(scope: string, held: Held): void {
    held.asked = true
    const e = this.#epoch === undefined ? {} : { e: this.#epoch }
    this.#send(JSON.stringify({ t: 'sub', s: scope, at: held.position, ...e }))
  }

  hear(text: string): void {
    const head = HEAD.exec(text.slice(0, HEAD_LENGTH_MAX))
    if (head !== null) {
      this.#delta(text, head)
      return
    }
    if (text.startsWith('{"t":"delta"')) throw new Error(`the head of a delta has changed: ${text.slice(0, 120)}`)
    const message = JSON.parse(text) as HubMessage
    if (message.t === 'hello') this.#epoch = message.e
    else if (message.t === 'deny') this.#tally.count('denied')
  }

  #delta(text: string, head: RegExpExecArray): void {
    const scope = head[1] ?? ''
    const held = this.#held.get(scope)
    if (held === undefined) return
    const from = Number(head[2])
    const to = Number(head[3])
    if (held.asked) {
      // Live deltas may come before the answer to a question that was asked in the midst of them.
      if (from > held.position) return
      held.asked = false
      this.#tally.count(from === 0 ? 'snapshots' : 'resumed')
    }
    if (from > held.position) {
      this.#tally.count('gaps')
      this.#ask(scope, held)
      return
    }
    if (to < held.position) {
      // A whole scope would be taken for the truth, so an old one takes the screen back.
      if (from === 0) this.#tally.count('stale')
      return
    }
    held.position = to
    held.committedAt = Number(head[4])
    this.onDelta?.(scope, from === 0, text)
  }
}
