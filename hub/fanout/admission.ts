import type { Sockets } from '../contract/live/feed-messages.ts'
import type { Viewer } from './link.ts'
import { type Bucket, fullBucket, takeToken } from './schedule.ts'

export type AdmissionLimits = {
  /** handshakes a second, over all addresses; more are told to come back, so that a storm is served at a steady rate */
  readonly handshakesPerSecond: number
  /** also of one account, from however many addresses */
  readonly socketsPerAddress: number
  readonly socketsMax: number
}

export type AdmissionAnswer = 'admitted' | 'busy' | 'tooMany'
/** Why a handshake is turned away. */
export type SocketRefusal = Exclude<AdmissionAnswer, 'admitted'> | 'origin'

/** The part of all handshakes that one address may take: whoever opens and closes at full speed leaves the rest to others. */
export const ADDRESS_SHARE = 0.2
/** The part of those without an account: however many addresses knock, responders and screens come in. */
export const ANONYMOUS_SHARE = 0.8
/** Addresses whose handshakes are remembered; the one not seen for longest goes first, and its bucket is full by then. */
export const ADDRESSES_MAX = 10_000
/** Of the handshakes that hubs admit to anybody, what the restart of one may take: others come and go all the while. */
const HAND_OVER_SHARE = 0.8 * ANONYMOUS_SHARE
/** Parts of all sockets: visitors are sent to the feed from the first, and until no more than the second are open. */
export const SCARCE_FROM = 0.8
export const SCARCE_UNTIL = 0.7
/** Somebody without an account was turned away, whoever knocked: so long visitors are sent to the feed. */
export const SCARCE_MS = 60_000
/** Of an IPv6 address, the network a provider gives to one customer: each has 2⁶⁴ addresses. */
const CUSTOMER_GROUPS = 4

/** What counts as one address. @param address canonical: IPv4 dotted, IPv6 compressed */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right]
  return `${groups.slice(0, CUSTOMER_GROUPS).join(':')}::/64`
}

class Counts {
  readonly #counts = new Map<string, number>()

  of(key: string | undefined): number {
    return key === undefined ? 0 : (this.#counts.get(key) ?? 0)
  }

  most(): number {
    let most = 0
    for (const count of this.#counts.values()) most = Math.max(most, count)
    return most
  }

  move(key: string | undefined, by: 1 | -1): void {
    if (key === undefined) return
    const count = this.of(key) + by
    if (count > 0) this.#counts.set(key, count)
    else this.#counts.delete(key)
  }
}

type Kept = { bucket: Bucket; used: boolean }

/** Token buckets by key, at most `max` of them: the oldest of those not used again is forgotten first (second chance). */
export class Buckets {
  readonly #buckets = new Map<string, Kept>()
  readonly #capacity: number
  readonly #perSecond: number
  readonly #max: number

  constructor(capacity: number, perSecond: number, max: number) {
    this.#capacity = capacity
    this.#perSecond = perSecond
    this.#max = max
  }

  take(key: string, now: number): boolean {
    const kept = this.#buckets.get(key)
    const bucket = kept?.bucket ?? fullBucket(this.#capacity, now)
    const next = takeToken(bucket, now, this.#capacity, this.#perSecond)
    if (kept === undefined) {
      if (this.#buckets.size >= this.#max) this.#forgetOne()
      this.#buckets.set(key, { bucket: next ?? bucket, used: false })
    } else {
      // Where it stands: to move it to the end at every use would rebuild the map all the time.
      kept.bucket = next ?? bucket
      kept.used = true
    }
    return next !== undefined
  }

  #forgetOne(): void {
    for (const [key, kept] of this.#buckets) {
      this.#buckets.delete(key)
      if (!kept.used) return
      kept.used = false
      this.#buckets.set(key, kept)
    }
  }
}

export const accountOf = ({ pass }: Viewer): string | undefined => pass?.grant.account

/** Who may open a socket. Pure but for its own counts; the caller brings the time. */
export class Admission {
  readonly #limits: AdmissionLimits
  readonly #addresses = new Counts()
  readonly #accounts = new Counts()
  readonly #paces: Buckets
  /** of one bucket each */
  readonly #anonymous: Buckets
  readonly #all: Buckets
  #open = 0
  #isFull = false
  #turnedAwayAt = Number.NEGATIVE_INFINITY

  constructor(limits: AdmissionLimits) {
    this.#limits = limits
    const share = Math.max(1, limits.handshakesPerSecond * ADDRESS_SHARE)
    this.#paces = new Buckets(share, share, ADDRESSES_MAX)
    const anonymous = Math.max(1, limits.handshakesPerSecond * ANONYMOUS_SHARE)
    this.#anonymous = new Buckets(anonymous, anonymous, 1)
    this.#all = new Buckets(limits.handshakesPerSecond, limits.handshakesPerSecond, 1)
  }

  /**
   * The address is asked first, then those without an account, then all: what one has too many of costs the others no
   * token.
   */
  admit(viewer: Viewer, now: number): AdmissionAnswer {
    const { socketsPerAddress, socketsMax } = this.#limits
    const address = addressKey(viewer.address)
    const account = accountOf(viewer)
    if (this.#addresses.of(address) >= socketsPerAddress) return 'tooMany'
    if (this.#accounts.of(account) >= socketsPerAddress) return 'tooMany'
    if (this.#open >= socketsMax || !this.#paces.take(address, now)) return 'busy'
    if ((account !== undefined || this.#anonymous.take('anonymous', now)) && this.#all.take('all', now))
      return 'admitted'
    this.#turnedAwayAt = now
    return 'busy'
  }

  /** Whether there are sockets for visitors too. */
  sockets(now: number): Sockets {
    const { socketsMax } = this.#limits
    this.#isFull = this.#open > socketsMax * (this.#isFull ? SCARCE_UNTIL : SCARCE_FROM)
    return this.#isFull || now - this.#turnedAwayAt < SCARCE_MS ? 'scarce' : 'open'
  }

  opened(viewer: Viewer): void {
    this.#move(viewer, 1)
  }

  closed(viewer: Viewer): void {
    this.#move(viewer, -1)
  }

  /**
   * ms over which the clients are told to come back when this hub stops: at least `leastMs`, and never faster than the
   * `hubs` they come to admit them, all and of one address.
   */
  handOverMs(hubs: number, leastMs: number): number {
    const perSecond = this.#limits.handshakesPerSecond * Math.max(1, hubs) * HAND_OVER_SHARE
    const turns = Math.max(this.#open, this.#addresses.most() / ADDRESS_SHARE)
    return Math.max(leastMs, Math.ceil((turns / perSecond) * 1000))
  }

  #move(viewer: Viewer, by: 1 | -1): void {
    this.#open += by
    this.#addresses.move(addressKey(viewer.address), by)
    this.#accounts.move(accountOf(viewer), by)
  }
}
