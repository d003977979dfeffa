import { WebSocket } from 'k6/websockets'
import { mayReconnect } from '../../hub/wire/close.ts'
import { Follower } from './follower.ts'
import { COOKIE, LIVE } from './settings.ts'
import type { Tally } from './tally.ts'

const BACK_OFF_MS_MIN = 250
const BACK_OFF_MS_MAX = 5000

/** A screen that stays: comes back with the positions it holds, as long as the hub lets it. */
export class Client {
  readonly #follower: Follower
  readonly #tally: Tally
  #ws: WebSocket | undefined
  #tries = 0
  #leaving = false
  open = false

  /** @param folds deltas are folded with applyDelta and their checksums proved; else positions and times are followed */
  constructor(scopes: readonly string[], folds: boolean, tally: Tally) {
    this.#tally = tally
    this.#follower = new Follower(scopes, folds ? 'folds' : 'watches', tally, (text) => this.#ws?.send(text))
  }

  connect(): void {
    const ws = new WebSocket(LIVE, null, COOKIE === undefined ? {} : { headers: { Cookie: COOKIE } })
    this.#ws = ws
    ws.onopen = () => {
      this.open = true
      this.#tries = 0
      this.#tally.count('opened')
      this.#follower.askAll()
    }
    ws.onmessage = ({ data }: { data: unknown }) => {
      if (typeof data === 'string') this.#follower.hear(data)
    }
    ws.onerror = () => this.#tally.count('errors')
    ws.onclose = ({ code }: { code: number }) => this.#closed(ws, code)
  }

  /** The socket is gone from one moment to the next, as in a power cut; it comes back at once. */
  cut(): void {
    this.#tally.count('cut')
    this.#follower.comeBackIn = 0
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
    const said = this.#follower.comeBackIn
    if (said === undefined) this.#tally.count('closedByHub')
    if (!mayReconnect(code)) {
      this.#tally.count('lostSockets')
      return
    }
    const ceiling = Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS_MIN * 2 ** this.#tries)
    const wait = said ?? Math.random() * ceiling
    this.#follower.comeBackIn = undefined
    this.#tries += 1
    setTimeout(() => this.#leaving || this.connect(), wait)
  }
}
