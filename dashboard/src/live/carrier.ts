/**
 * Which carrier the next opening takes. Networks that break plain WebSockets let Socket.IO's long polling through; a
 * hub that is away lets neither, and must not drive its walls to the dearer carrier.
 */
export type Carrier = 'live' | 'socketio'

/** Openings in a row that came to nothing, on a carrier that never spoke in this tab: the network breaks it. */
export const UNPROVEN_FAILURES_MAX = 2
/** The same on the one that spoke last: the hub is away or busy, unless it goes on for about half a minute. */
export const PROVEN_FAILURES_MAX = 8
/** An opening of `/live` that has not said `hello` by then has failed, where it never spoke: some proxies swallow it. */
export const UNPROVEN_HELLO_MS_MAX = 5_000
/** On the fallback `/live` is tried again: soon, because a hub that restarted looks like a broken network; then rarely. */
export const RETURN_FIRST_MS = 30_000
export const RETURN_EVERY_MS = 300_000

export type Choice = {
  readonly carrier: Carrier
  /** openings in a row on this carrier that came to nothing */
  readonly failures: number
  /** what spoke last in this tab */
  readonly proven: Carrier | null
}

/** @param remembered what spoke last in this tab, before the page was loaded */
export function firstChoice(remembered: Carrier | null): Choice {
  return { carrier: remembered ?? 'live', failures: 0, proven: remembered }
}

/** The hub was heard on `carrier`. */
export function spoke(carrier: Carrier): Choice {
  return { carrier, failures: 0, proven: carrier }
}

/** An opening on the chosen carrier ended before the hub was heard. */
export function failed(choice: Choice): Choice {
  const { carrier, proven } = choice
  const failures = choice.failures + 1
  if (failures < (carrier === proven ? PROVEN_FAILURES_MAX : UNPROVEN_FAILURES_MAX)) return { ...choice, failures }
  return { ...choice, carrier: carrier === 'live' ? 'socketio' : 'live', failures: 0 }
}

/** ms after which an opening without a first frame is given up, or `null`: connection.ts has its own limit. */
export function helloMsMax({ carrier, proven }: Choice): number | null {
  return carrier === 'live' && proven !== 'live' ? UNPROVEN_HELLO_MS_MAX : null
}

/** ms until `/live` is tried again behind a working fallback. @param tries how often it was. @param random in [0, 1) */
export function returnInMs(tries: number, random: number): number {
  return (tries === 0 ? RETURN_FIRST_MS : RETURN_EVERY_MS) * (0.75 + random / 2)
}
