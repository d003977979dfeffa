import type { TransportHandlers, TransportLink } from '../../dashboard/src/live/transport.ts'
import { CLOSE, type CloseName } from '../../hub/contract/live/close.ts'
import type { Fanout, Session } from '../../hub/fanout/fanout.ts'
import type { Frame } from '../../hub/fanout/frames.ts'
import type { Carrier, Link, ShardTopic, Viewer } from '../../hub/fanout/link.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Frames a connection holds before it drops, at most; the smallest drops while it is being answered. */
const BUFFER_FRAMES_MAX = 4
const BROKEN = 1006
const NOBODY: Viewer = { address: '127.0.0.1', pass: null }

export type Weather = { readonly delayMs: () => number }

/** A connection in memory: ordered, delayed, and at the simulation's mercy: stalled, dropping, cut with or without a word. */
export class SimulatedConnection implements Link {
  readonly viewer = NOBODY
  readonly topics = new Set<ShardTopic>()
  session: Session | undefined
  stalled = false
  readonly #time: VirtualTime
  readonly #weather: Weather
  readonly #handlers: TransportHandlers
  readonly #fanout: Fanout
  readonly #room: number
  #buffer: string[] = []
  #up = true
  #lastDown = 0
  #lastUp = 0

  constructor(time: VirtualTime, weather: Weather, handlers: TransportHandlers, fanout: Fanout, random: () => number) {
    this.#room = 1 + Math.floor(random() * BUFFER_FRAMES_MAX)
    this.#time = time
    this.#weather = weather
    this.#handlers = handlers
    this.#fanout = fanout
  }

  get up(): boolean {
    return this.#up
  }

  /** What is published and what is said to this one alone: uWS drops either when the buffer is full. */
  send(frame: Frame): void {
    if (!this.stalled) this.#deliver(frame.text)
    else if (this.#buffer.length < this.#room) this.#buffer.push(frame.text)
    else if (this.session !== undefined) this.#fanout.dropped(this.session)
  }

  /** @param over the stall is over; else the buffer fills again with what comes next */
  drain(over: boolean): void {
    this.stalled = !over
    for (const text of this.#buffer.splice(0)) this.#deliver(text)
    if (this.session !== undefined) this.#fanout.drained(this.session)
  }

  join(topic: ShardTopic): void {
    this.topics.add(topic)
  }

  leave(topic: ShardTopic): void {
    this.topics.delete(topic)
  }

  close(name: CloseName): void {
    this.#end(CLOSE[name].code)
  }

  /** `silent`: neither side is told, as when a cable is pulled. */
  cut(silent: boolean): void {
    if (silent) this.#up = false
    else this.#end(BROKEN)
  }

  clientSide(): TransportLink {
    return {
      send: (text) => {
        if (!this.#up) return
        this.#lastUp = Math.max(this.#lastUp, this.#time.now() + this.#weather.delayMs())
        this.#time.after(this.#lastUp - this.#time.now(), () => {
          if (this.#up && this.session !== undefined) this.#fanout.receive(this.session, text)
        })
      },
      close: () => {
        this.#up = false
        this.#forget()
      },
    }
  }

  #deliver(text: string): void {
    if (!this.#up) return
    this.#lastDown = Math.max(this.#lastDown, this.#time.now() + this.#weather.delayMs())
    this.#time.after(this.#lastDown - this.#time.now(), () => {
      if (this.#up) this.#handlers.message(text)
    })
  }

  #end(code: number): void {
    if (!this.#up) return
    this.#up = false
    this.#forget()
    this.#time.after(this.#weather.delayMs(), () => this.#handlers.closed(code))
  }

  #forget(): void {
    this.topics.clear()
    if (this.session !== undefined) this.#fanout.disconnect(this.session)
  }
}

export function simulatedCarrier(connections: ReadonlySet<SimulatedConnection>): Carrier {
  return {
    name: 'live',
    publish(topic, frame) {
      for (const connection of connections) if (connection.topics.has(topic)) connection.send(frame)
    },
    stop: () => Promise.resolve(),
  }
}
