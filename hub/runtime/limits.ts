import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Per address and minute. An office of hundreds may share one address. */
export const SIGN_INS_PER_MINUTE = 60
/** A wall that waits for its approval asks twelve times a minute. */
export const DEVICE_REQUESTS_PER_MINUTE = 300
/** Per account and minute, whatever it asks. */
export const ACCOUNT_REQUESTS_PER_MINUTE = 600
/** Per key of another system and minute: one that reports for a hundred facilities does so within a minute. */
export const KEY_REQUESTS_PER_MINUTE = 240
/** Password checks at once: each takes some 0.4 s of a core and 128 MB; and how many may wait for their turn. */
export const PASSWORD_CHECKS_MAX = 3
export const PASSWORD_CHECKS_WAITING_MAX = 64

/** Of an account: each stands in the audit log. */
export const REFUSALS_PER_MINUTE = 600

export type Limit = {
  /** @returns seconds to wait, or `undefined` when there is room. */
  take(key: string): Promise<number | undefined>
}

export function perMinute(points: number): Limit {
  return limitOf(points, 60)
}

/** So many `points` in `seconds`, kept in this process's memory. */
export function limitOf(points: number, seconds: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return {
    async take(key) {
      try {
        await limiter.consume(key)
        return undefined
      } catch (error) {
        if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000))
        throw error
      }
    },
  }
}

/** One household or host of IPv6 has a whole /64: it counts as one address. */
export function addressKey(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = address.includes('::') ? tail.split(':').filter(Boolean) : []
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** What the audit log keeps of an address: as it is, its network (/24, /48), or nothing. */
export const ADDRESSES_KEPT = ['full', 'network', 'none'] as const

export function keptAddress(address: string, kept: (typeof ADDRESSES_KEPT)[number]): string | null {
  if (kept === 'none' || address === '') return null
  if (kept === 'full') return address
  if (address.includes('.')) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`
  return `${addressKey(address).split(':').slice(0, 3).join(':')}::/48`
}

export type Gate = {
  /** @returns `undefined`, without running `work`, when too many wait already. */
  run<T>(work: () => Promise<T>): Promise<{ value: T } | undefined>
}

/** Lets `atOnce` through and `waiting` stand in line; turns away the rest. */
export function createGate(atOnce: number, waiting: number): Gate {
  let running = 0
  const line: (() => void)[] = []
  return {
    async run(work) {
      if (running >= atOnce) {
        if (line.length >= waiting) return undefined
        await new Promise<void>((resolve) => line.push(resolve))
      } else running++
      try {
        return { value: await work() }
      } finally {
        const next = line.shift()
        if (next) next()
        else running--
      }
    },
  }
}
