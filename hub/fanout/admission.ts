import { type Bucket, fullBucket, takeToken } from './schedule.ts'

export type AdmissionLimits = {
  /** handshakes a second, over all addresses; more are told to come back, so that a storm is served at a steady rate */
  readonly handshakesPerSecond: number
  readonly socketsPerAddress: number
  readonly socketsMax: number
}

export type Admission = 'admitted' | 'busy' | 'tooMany'

/** Who may open a socket. Pure but for its own counts; the caller brings the time. */
export class Doorkeeper {
  readonly #limits: AdmissionLimits
  readonly #byAddress = new Map<string, number>()
  #bucket: Bucket | undefined
  #open = 0

  constructor(limits: AdmissionLimits) {
    this.#limits = limits
  }

  admit(address: string, now: number): Admission {
    const { handshakesPerSecond, socketsPerAddress, socketsMax } = this.#limits
    if ((this.#byAddress.get(address) ?? 0) >= socketsPerAddress) return 'tooMany'
    if (this.#open >= socketsMax) return 'busy'
    const bucket = this.#bucket ?? fullBucket(handshakesPerSecond, now)
    const next = takeToken(bucket, now, handshakesPerSecond, handshakesPerSecond)
    if (next === undefined) return 'busy'
    this.#bucket = next
    return 'admitted'
  }

  opened(address: string): void {
    this.#open += 1
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1)
  }

  closed(address: string): void {
    this.#open -= 1
    const left = (this.#byAddress.get(address) ?? 1) - 1
    if (left > 0) this.#byAddress.set(address, left)
    else this.#byAddress.delete(address)
  }
}
