import { expect, test } from 'vitest'
import { mayStartAgain } from './in-use.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

test('a server that ends again and again is left alone after five times', () => {
  const ends = [0, 1, 2, 3, 4].map((n) => n * SECOND)
  expect(ends.map((_, i) => mayStartAgain(ends.slice(0, i), i * SECOND))).toEqual([true, true, true, true, true])
  expect(mayStartAgain(ends, 5 * SECOND)).toBe(false)
})

test('what lies ten minutes back is forgotten: an end a day is no reason to give up', () => {
  const ends = [0, 1, 2, 3, 4].map((n) => n * 3 * MINUTE)
  expect(mayStartAgain(ends, 9 * MINUTE)).toBe(false)
  expect(mayStartAgain(ends, 13 * MINUTE)).toBe(true)
})
