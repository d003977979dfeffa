import { WebSocket } from 'k6/websockets'
import { applyDelta, emptyScope, type ScopeState } from '../../hub/wire/apply.ts'
import { mayReconnect } from '../../hub/wire/close.ts'
import type { Delta, HubMessage } from '../../hub/wire/messages.ts'
import type { Scope } from '../../hub/wire/scopes.ts'
import { COOKIE, LIVE } from './settings.ts'
import type { Tally } from './tally.ts'

const BACK_OFF_MS_MIN = 250
const BACK_OFF_MS_MAX = 5000
/** k6's interpreter folds some hundred cells in the time of a tick: a prover that is so late skips, and asks for the rest. */
const PROVER_LATE_MS = 2000

/** One scope of one socket. `state` only where every delta is folded. */
type Held = { position: number; asked: boolean; skipped: boolean; state: ScopeState | undefined }

/** The head of a delta as hub/wire/messages.ts orders it: enough to follow positions without parsing the whole. */
const HEAD = /^\{"t":"delta","s":"([^"]+)","from":(\d+),"to":(\d+),"sum":\d+,"at":([\d.]+)/
const HEAD_LENGTH_MAX = 200

/** A screen that stays: subscribes, follows, asks again after a gap, comes back with the positions it holds. */
export class Client {
  readonly #held = new Map<string, Held>()
  readonly #tally: Tally
  #ws: WebSocket | undefined
  #epoch: string | undefined
  #comeBackIn: number | undefined
  #tries = 0
  #leaving = false
  open = false

  /** @param folds deltas are folded with applyDelta and their checksums proved; else positions and times are followed */
  constructor(scopes: readonly string[], folds: boolean, tally: Tally) {
    this.#tally = tally
    for (const scope of scopes) {
      this.#held.set(scope, {
        position: 0,
        asked: false,
        skipped: false,
        state: folds ? emptyScope(scope as Scope) : undefined,
      })
    }
  }

  connect(): void {
    const ws = new WebSocket(LIVE, null, COOKIE === undefined ? {} : { headers: { Cookie: COOKIE } })
    this.#ws = ws
    ws.onopen = () => {
      this.open = true
      this.#tries = 0
      this.#tally.count('opened')
      for (const scope of this.#held.keys()) this.#ask(scope)
    }
    ws.onmessage = ({ data }: { data: unknown }) => {
      if (typeof data === 'string') this.#hear(data)
    }
    ws.onerror = () => this.#tally.count('errors')
    ws.onclose = ({ code }: { code: number }) => this.#closed(ws, code)
  }

  /** The socket is gone from one moment to the next, as in a power cut; it comes back at once. */
  cut(): void {
    this.#tally.count('cut')
    this.#comeBackIn = 0
    this.#ws?.close()
  }

  leave(): void {
    this.#leaving = true
    this.#ws?.close()
  }

  #closed(ws: WebSocket, code: number): void {
    if (ws !== this.#ws) return
    this.open = false
    if (this.#leaving) return
    if (this.#comeBackIn === undefined) this.#tally.count('closedByHub')
    if (!mayReconnect(code)) {
      this.#tally.count('lostSockets')
      return
    }
    const ceiling = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_MIN * 2 ** this.#tries)
    const wait = this.#comeBackIn ?? Math.random() * ceiling
    this.#comeBackIn = undefined
    this.#tries += 1
    setTimeout(() => this.#leaving || this.connect(), wait)
  }

  #ask(scope: string): void {
    const held = this.#held.get(scope)
    if (held === undefined) return
    held.asked = true
    const e = this.#epoch === undefined ? {} : { e: this.#epoch }
    this.#ws?.send(JSON.stringify({ t: 'sub', s: scope, at: held.position, ...e }))
  }

  #hear(text: string): void {
    const head = HEAD.exec(text.slice(0, HEAD_LENGTH_MAX))
    if (head !== null) {
      this.#delta(text, head)
      return
    }
    if (text.startsWith('{"t":"delta"')) throw new Error(`the head of a delta has changed: ${text.slice(0, 120)}`)
    const message = JSON.parse(text) as HubMessage
    if (message.t === 'hello') this.#epoch = message.e
    else if (message.t === 'bye') this.#comeBackIn = message.in
    else if (message.t === 'deny') this.#tally.count('denied')
  }

  #delta(text: string, head: RegExpExecArray): void {
    const scope = head[1] ?? ''
    const held = this.#held.get(scope)
    if (held === undefined) return
    const from = Number(head[2])
    const to = Number(head[3])
    this.#tally.count('bytes', text.length)
    if (held.asked) {
      // Live deltas may come before the answer to a question that was asked in the midst of them.
      if (from > held.position) return
      held.asked = false
      this.#tally.count(from === 0 ? 'snapshots' : 'resumed')
    } else if (held.state === undefined) {
      this.#tally.delivered(Date.now() - Number(head[4]))
    } else if (Date.now() - Number(head[4]) > PROVER_LATE_MS) {
      held.skipped = true
      this.#tally.count('skipped')
      return
    }
    if (from !== 0 && from > held.position) {
      if (!held.skipped) this.#tally.gap()
      held.skipped = false
      this.#ask(scope)
      return
    }
    if (from !== 0 && to < held.position) return
    held.position = to
    if (held.state === undefined) return
    this.#tally.count('folded')
    const { outcome } = applyDelta(held.state, JSON.parse(text) as Delta)
    if (outcome !== 'wrong') return
    this.#tally.mismatch()
    this.#ws?.send(JSON.stringify({ t: 'wrong', s: scope }))
    held.position = 0
    this.#ask(scope)
  }
}
