import { inflateRawSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { backOffMs } from '../../dashboard/src/live/connection.ts'
import { applyDelta, emptyScope, type ScopeState } from '../../hub/contract/live/apply.ts'
import type { Delta, HubMessage } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'

/** While nobody listens at all, a test does not wait as long as a screen does. */
const BACK_OFF_MS_MAX = 1000

/** One connection's end, and what followed. Times are ms of `performance.now()`. */
export type Outage = {
  readonly at: number
  /** 1006: it was cut */
  readonly code: number
  /** the delay the hub asked for; `undefined`: it said no `bye` */
  readonly byeMs: number | undefined
  /** when every scope was answered again */
  liveAt: number | undefined
}

/** A screen: folds its scopes, verifies every checksum, comes back as dashboard/src/live does, resumes by position. */
export class FoldingClient {
  readonly scopes: ReadonlyMap<Scope, ScopeState>
  readonly outages: Outage[] = []
  /** answers after a reconnect that went on from what was held, and those that replaced it */
  readonly answers = { deltas: 0, snapshots: 0 }
  gaps = 0
  mismatches = 0
  /** handshakes that were refused or cut */
  refused = 0
  #socket: WebSocket | undefined
  #epoch: string | undefined
  #unanswered = new Set<Scope>()
  #byeMs: number | undefined
  #failures = 0
  #retry: NodeJS.Timeout | undefined
  #stopped = false
  readonly #url: string

  constructor(url: string, scopes: readonly Scope[]) {
    this.#url = url
    this.scopes = new Map(scopes.map((scope) => [scope, emptyScope(scope)]))
    this.#open()
  }

  /** every scope is answered on the present connection */
  get live(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN && this.#epoch !== undefined && this.#unanswered.size === 0
  }

  /** the local port, by which the other end of the connection can be found */
  get port(): number | undefined {
    const socket = this.#socket as unknown as { _socket?: { localPort?: number } } | undefined
    return socket?._socket?.localPort
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#retry)
    this.#socket?.terminate()
  }

  #open(): void {
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    this.#byeMs = undefined
    let greeted = false
    this.#unanswered = new Set(this.scopes.keys())
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const message = JSON.parse((isBinary ? inflateRawSync(data) : data).toString()) as HubMessage
      if (message.t === 'hello') {
        greeted = true
        this.#failures = 0
        for (const scope of this.scopes.keys()) this.#ask(scope, this.#epoch)
        this.#epoch = message.e
      } else if (message.t === 'delta') this.#fold(message)
      else if (message.t === 'bye') this.#byeMs = message.in
    })
    // A refused or cut handshake; 'close' follows.
    socket.on('error', () => {
      this.refused += greeted ? 0 : 1
    })
    socket.on('close', (code) => {
      if (this.#stopped) return
      const { outages } = this
      if (greeted && (outages.length === 0 || outages.at(-1)?.liveAt !== undefined)) {
        outages.push({ at: performance.now(), code, byeMs: this.#byeMs, liveAt: undefined })
      }
      const backOff = Math.min(BACK_OFF_MS_MAX, backOffMs(this.#failures++, Math.random()))
      this.#retry = setTimeout(() => this.#open(), this.#byeMs ?? backOff)
    })
  }

  #ask(scope: Scope, epoch: string | undefined): void {
    const at = this.scopes.get(scope)?.position ?? 0
    this.#socket?.send(JSON.stringify({ t: 'sub', s: scope, at, ...(epoch === undefined ? {} : { e: epoch }) }))
  }

  #fold(delta: Delta): void {
    const state = this.scopes.get(delta.s)
    if (state === undefined) throw new Error(`a delta of ${delta.s}, which was not asked for`)
    const held = state.position
    const { outcome } = applyDelta(state, delta)
    if (outcome === 'wrong') {
      this.mismatches += 1
      state.position = 0
      this.#ask(delta.s, this.#epoch)
    } else if (outcome === 'gap') {
      this.gaps += 1
      this.#ask(delta.s, this.#epoch)
    }
    if (!this.#unanswered.delete(delta.s)) return
    if (held > 0) this.answers[delta.from === 0 ? 'snapshots' : 'deltas'] += 1
    const outage = this.outages.at(-1)
    if (this.#unanswered.size === 0 && outage?.liveAt === undefined && outage) outage.liveAt = performance.now()
  }
}
