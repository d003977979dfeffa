import { WebSocket } from 'k6/websockets'
import { mayReconnect } from '../../hub/contract/live/close.ts'
import type { CarrierName } from '../surge/audience.ts'
import { inflate, textOf } from '../surge/inflate.ts'
import { Follower } from './follower.ts'
import { COOKIE, LIVE, PACKED, SOCKETIO } from './settings.ts'
import type { Tally } from './tally.ts'

const BACK_OFF_MS_MIN = 250
const BACK_OFF_MS_MAX = 5000
/** What one who skims reads of a packed frame: the head of its delta. */
const HEAD_BYTES = 200

const URLS: Readonly<Record<CarrierName, string>> = { live: LIVE, packed: PACKED, socketio: SOCKETIO }

/** A screen that stays: comes back with the positions it holds, as long as the hub lets it. */
export class Client {
  readonly #follower: Follower
  readonly #tally: Tally
  readonly #carrier: CarrierName
  #ws: WebSocket | undefined
  #tries = 0
  #leaving = false
  /** said by an event of Socket.IO, which has no close codes of its own */
  #code: number | undefined
  open = false

  /** @param folds deltas are folded with applyDelta and their checksums proved; else positions and times are followed */
  constructor(scopes: readonly string[], folds: boolean, carrier: CarrierName, tally: Tally) {
    this.#tally = tally
    this.#carrier = carrier
    const send = (text: string): void => this.#ws?.send(carrier === 'socketio' ? `42["m",${text}]` : text)
    this.#follower = new Follower(scopes, folds ? 'folds' : 'watches', tally, send)
  }

  connect(): void {
    const ws = new WebSocket(URLS[this.#carrier], null, COOKIE === undefined ? {} : { headers: { Cookie: COOKIE } })
    ws.binaryType = 'arraybuffer'
    this.#ws = ws
    this.#code = undefined
    ws.onopen = () => {
      if (this.#carrier !== 'socketio') this.#opened()
    }
    ws.onmessage = ({ data }: { data: unknown }) => {
      if (typeof data !== 'string') this.#packed(new Uint8Array(data as ArrayBuffer))
      else if (this.#carrier === 'socketio') this.#packet(ws, data)
      else this.#follower.hear(data)
    }
    ws.onerror = () => this.#tally.count('errors')
    ws.onclose = ({ code }: { code: number }) => this.#closed(ws, this.#code ?? code)
  }

  /** The socket is gone from one moment to the next, as in a power cut; it comes back at once. */
  cut(): void {
    this.#tally.count('cut')
    this.#follower.comeBackIn = 0
    this.#ws?.close()
  }

  /** Questions that the hub let lie. */
  sweep(): void {
    this.#follower.sweep(Date.now())
  }

  /** Asks about every scope a last time, when nobody writes any more. */
  finish(): void {
    this.#follower.finish(this.open)
  }

  /** Scopes that did not show all there was at the end. */
  get behind(): number {
    return this.#follower.behind
  }

  leave(): void {
    this.#leaving = true
    this.#ws?.close()
  }

  #opened(): void {
    this.open = true
    this.#tries = 0
    this.#tally.count('opened')
    this.#tally.count(`opened:${this.#carrier}`)
    this.#follower.askAll()
  }

  #packed(bytes: Uint8Array): void {
    this.#tally.count('packedBytes', bytes.length)
    const { skims } = this.#follower
    this.#follower.hear(textOf(inflate(bytes, skims ? HEAD_BYTES : undefined)), !skims)
  }

  /** Engine.IO: `0` opens, `2` is answered by `3`, `4` is Socket.IO's: `0` connected, `2` an event. */
  #packet(ws: WebSocket, text: string): void {
    if (text.startsWith('42["close",')) this.#code = closeCodeOf(text)
    else if (text.startsWith('42[')) this.#follower.hear(text.slice(text.indexOf(',') + 1, -1))
    else if (text === '2') ws.send('3')
    else if (text.startsWith('0{')) ws.send('40')
    else if (text.startsWith('40')) this.#opened()
  }

  #closed(ws: WebSocket, code: number): void {
    if (ws !== this.#ws) return
    this.open = false
    this.#follower.lost()
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

/** Of `42["close",{"code":4000,"reason":"…"}]`. */
function closeCodeOf(text: string): number | undefined {
  const [, said] = JSON.parse(text.slice(2)) as [string, { readonly code?: number } | undefined]
  return said?.code
}
