import { expect, it } from 'vitest'
import { nextTry, TRIES_MAX } from './retry.ts'

it('tries grow from 5 s to 5 min, end after a dozen, and with the use of the message', () => {
  const waits = Array.from({ length: TRIES_MAX }, (_, i) => nextTry(i + 1, 0, Number.POSITIVE_INFINITY))
  expect(waits.slice(0, 3)).toEqual([5_000, 10_000, 20_000])
  expect(waits.at(-2)).toBe(300_000)
  expect(waits.at(-1)).toBeUndefined()
  expect(nextTry(1, 0, 5_000)).toBeUndefined()
})
