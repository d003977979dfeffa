import type { Severity } from '../../contract/vocabulary/severity.ts'

/** How long a claim holds without any action of its holder, ms by the case's severity. */
export type LeaseTimes = Readonly<Record<Severity, number>>

const MINUTE_MS = 60_000

/** A case nobody has triaged may be anything: it gets yellow's time. */
export const LEASE_MS: LeaseTimes = {
  red: 15 * MINUTE_MS,
  yellow: 60 * MINUTE_MS,
  unknown: 60 * MINUTE_MS,
  green: 240 * MINUTE_MS,
}

/** @param minutes by severity, as LEASE_MINUTES says them */
export function leaseTimes(minutes: Readonly<Record<'red' | 'yellow' | 'green', number>>): LeaseTimes {
  const { red, yellow, green } = minutes
  return { red: red * MINUTE_MS, yellow: yellow * MINUTE_MS, unknown: yellow * MINUTE_MS, green: green * MINUTE_MS }
}

/** The holder is warned when this share of the lease is left: red 3 min, yellow 12 min, green 48 min. */
const WARNING_SHARE = 0.2

/** @returns ms since 1970 */
export function leaseUntil(times: LeaseTimes, severity: Severity, now: number): number {
  return now + times[severity]
}

/** @returns how long before its end the holder of a lease is warned, ms by the case's severity */
export function warningTimes(times: LeaseTimes): LeaseTimes {
  const { red, yellow, unknown, green } = times
  const share = (ms: number) => ms * WARNING_SHARE
  return { red: share(red), yellow: share(yellow), unknown: share(unknown), green: share(green) }
}

/** @returns when to warn the holder, ms since 1970 */
export function warnAt(times: LeaseTimes, severity: Severity, until: number): number {
  return until - warningTimes(times)[severity]
}

/** A case that turns red does not keep its green lease: the time left is at most that of the new severity. */
export function shortenedLease(times: LeaseTimes, severity: Severity, until: number, now: number): number {
  return Math.min(until, leaseUntil(times, severity, now))
}
