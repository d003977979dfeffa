import { addressKey } from '../../runtime/limits.ts'
import type { Counter, Metrics } from '../../runtime/metrics.ts'

/** uWebSockets.js closes a connection without a request after 10 to 12 s. */
const FRESH_S = 12

/**
 * What one address (of IPv6: one /64) holds of HTTP connections. uWebSockets.js tells who connects, but of a disconnect
 * not whose it was, and no port. So a connection counts for as long as it may stand without a request, and after that
 * while a request is under way on it; one that became a socket of /live is counted with those.
 */
export class Connections {
  readonly #perAddressMax: number
  readonly #held = new Map<string, number>()
  /** those that came, by the second and the address; the oldest second first */
  readonly #fresh = new Map<number, Map<string, number>>()

  constructor(perAddressMax: number) {
    this.#perAddressMax = perAddressMax
  }

  /** @returns whether the address may hold this one too */
  open(address: string, nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000)
    this.#age(second)
    const key = addressKey(address)
    if ((this.#held.get(key) ?? 0) >= this.#perAddressMax) return false
    const came = this.#fresh.get(second) ?? new Map<string, number>()
    this.#fresh.set(second, came)
    came.set(key, (came.get(key) ?? 0) + 1)
    this.#move(key, 1)
    return true
  }

  /** A request is under way. @returns what ends it, to be called once */
  begin(address: string): () => void {
    const key = addressKey(address)
    this.#move(key, 1)
    return () => this.#move(key, -1)
  }

  #age(second: number): void {
    for (const [then, came] of this.#fresh) {
      if (second - then <= FRESH_S) return
      this.#fresh.delete(then)
      for (const [key, count] of came) this.#move(key, -count)
    }
  }

  #move(key: string, by: number): void {
    const count = (this.#held.get(key) ?? 0) + by
    if (count > 0) this.#held.set(key, count)
    else this.#held.delete(key)
  }
}

export function countRefusedConnections(metrics: Metrics): Counter {
  return metrics.counter('connections_refused_total', 'HTTP connections closed because their address holds too many')
}
