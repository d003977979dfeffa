import { expect, test } from 'vitest'
import { rowsThatFit } from './rowsThatFit.ts'

test('as many rows as fit below the head; none where not even the head fits, and some where the page scrolls', () => {
  const heights = [0, 4.9, 5, 7.9, 8, 11.1]
  expect(heights.map((height) => rowsThatFit({ height }, 5, 3, 8))).toEqual([0, 0, 0, 0, 1, 2])
  expect(rowsThatFit(undefined, 5, 3, 8)).toBe(8)
})
