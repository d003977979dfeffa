import { STEP_MS } from '../contract/live/feed.ts'

/** The shortest step: a mark is made after every second of commit time in which something was committed. */
const MARK_MS = STEP_MS[0]

/** Whether a commit at `next` lies in a later second than all before it, the newest of them at `at` (ms since 1970). */
export function endsSecond(at: number, next: number): boolean {
  return Math.floor(next / MARK_MS) > Math.floor(at / MARK_MS)
}

/** ms from a commit at `at` to the end of its second. */
export function restOfSecond(at: number): number {
  return MARK_MS - (at % MARK_MS)
}

/**
 * Which of STEP_MS end between `at` and `next`. Their seconds are shifted by scope, in the same way on every hub,
 * so that not all scopes have their long steps and snapshots made at once.
 */
export function endedSteps(at: number, next: number, shift: number): readonly number[] {
  return [...STEP_MS.keys()].filter((length) => {
    const ms = STEP_MS[length]!
    return Math.floor((next + shift) / ms) > Math.floor((at + shift) / ms)
  })
}

/** ms, whole seconds below a minute. */
export function shiftOf(scope: string): number {
  const area = Number(scope.slice(scope.indexOf(':') + 1))
  return Number.isNaN(area) ? 0 : (area % (STEP_MS[2] / MARK_MS)) * MARK_MS
}
