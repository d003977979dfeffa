import { expect, test } from 'vitest'
import { interleave, median, mergeHistograms, percentile, spread } from './stats.ts'

test('the median of an even number of rounds lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
  expect(() => median([])).toThrow(RangeError)
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, rounds: 3 })
})

test('a percentile is the first bucket that holds so many of the values', () => {
  const histogram = mergeHistograms([
    [
      [100, 90],
      [200, 5],
    ],
    [
      [200, 4],
      [900, 1],
    ],
  ])
  expect(histogram).toEqual([
    [100, 90],
    [200, 9],
    [900, 1],
  ])
  expect(percentile(histogram, 0.5)).toBe(100)
  expect(percentile(histogram, 0.99)).toBe(200)
  expect(percentile(histogram, 1)).toBe(900)
  expect(percentile([], 0.5)).toBeUndefined()
})

test('interleaving begins every round with another variant and loses none', () => {
  const rounds = interleave(['a', 'b', 'c'], 4)
  expect(rounds.map(([first]) => first)).toEqual(['a', 'b', 'c', 'a'])
  for (const round of rounds) expect([...round].sort()).toEqual(['a', 'b', 'c'])
})
