import { describe, expect, test } from 'vitest'
import {
  type Choice,
  failed,
  firstChoice,
  helloMsMax,
  PROVEN_FAILURES_MAX,
  RETURN_EVERY_MS,
  RETURN_FIRST_MS,
  returnInMs,
  spoke,
  UNPROVEN_FAILURES_MAX,
  UNPROVEN_HELLO_MS_MAX,
} from './carrier.ts'

/** How many openings in a row fail before the choice is another carrier. */
function failuresUntilChange(choice: Choice): number {
  let now = choice
  for (let count = 1; ; count++) {
    now = failed(now)
    if (now.carrier !== choice.carrier) return count
  }
}

describe('carrier', () => {
  test('a tab begins on /live, or on what spoke last in it', () => {
    expect(firstChoice(null)).toEqual({ carrier: 'live', failures: 0, proven: null })
    expect(firstChoice('socketio')).toEqual(spoke('socketio'))
    expect(firstChoice('live')).toEqual(spoke('live'))
  })

  test('where /live never spoke, two failures are the network’s fault', () => {
    expect(failuresUntilChange(firstChoice(null))).toBe(UNPROVEN_FAILURES_MAX)
  })

  test('where /live spoke, a hub that restarts does not drive its walls to the dearer carrier', () => {
    expect(failuresUntilChange(spoke('live'))).toBe(PROVEN_FAILURES_MAX)
    expect(failuresUntilChange(firstChoice('live'))).toBe(PROVEN_FAILURES_MAX)
  })

  test('where Socket.IO spoke, a hub that restarts does not cost two swallowed openings of /live each time', () => {
    expect(failuresUntilChange(spoke('socketio'))).toBe(PROVEN_FAILURES_MAX)
  })

  test('a hub that nobody has heard yet is looked for on both carriers in turn', () => {
    let choice: Choice = firstChoice(null)
    const tried = Array.from({ length: 8 }, () => {
      const { carrier } = choice
      choice = failed(choice)
      return carrier
    })
    expect(tried.join(' ')).toBe('live live socketio socketio live live socketio socketio')
  })

  test('one word of the hub forgives all failures', () => {
    expect(spoke('live')).toEqual({ carrier: 'live', failures: 0, proven: 'live' })
  })

  test('an opening that is swallowed is given up early only where /live never spoke', () => {
    expect(helloMsMax(firstChoice(null))).toBe(UNPROVEN_HELLO_MS_MAX)
    expect(helloMsMax(spoke('live'))).toBeNull()
    expect(helloMsMax(spoke('socketio'))).toBeNull()
  })

  test('/live is tried again soon, then rarely, and not by all screens at once', () => {
    expect([returnInMs(0, 0), returnInMs(0, 0.5)]).toEqual([0.75 * RETURN_FIRST_MS, RETURN_FIRST_MS])
    expect(returnInMs(1, 0.5)).toBe(RETURN_EVERY_MS)
    expect(returnInMs(9, 0.999)).toBeLessThan(1.25 * RETURN_EVERY_MS)
  })
})
