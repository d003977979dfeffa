import { describe, expect, test } from 'vitest'
import { createRandom } from '../../db/replay/random.ts'
import { type Point, slopeOf, type Verdict } from './slope.ts'

const HOURS = 8
const SAMPLES = 240
const SEEDS = 200

/** A heap of 60 MB with 2 MB of noise that lasts for some samples, on top of what `leak` gives. */
function heap(seed: number, leak: (hours: number) => number): Point[] {
  const random = createRandom(seed)
  let drift = 0
  return Array.from({ length: SAMPLES }, (_, i) => {
    const at = (i * HOURS) / SAMPLES
    drift = 0.5 * drift + (random() - 0.5) * 2
    return { at, value: 60 + drift + (random() - 0.5) * 2 + leak(at) }
  })
}

function verdicts(leak: (hours: number) => number): Record<Verdict, number> {
  const count = { flat: 0, grows: 0, falls: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) count[slopeOf(heap(seed, leak)).verdict]++
  return count
}

describe('the judge of a soak', () => {
  test('finds a planted leak of half a MB an hour below 2 MB of noise, every time', () => {
    expect(verdicts((hours) => 0.5 * hours)).toEqual({ flat: 0, grows: SEEDS, falls: 0 })
  })

  test('finds a leak in steps, as of a cache that forgets nothing', () => {
    expect(verdicts((hours) => 2 * Math.floor(hours)).grows).toBe(SEEDS)
  })

  test('calls noise flat, but for the few times in a hundred that 95 % leave', () => {
    const { flat } = verdicts(() => 0)
    expect(flat).toBeGreaterThan(0.9 * SEEDS)
  })

  test('calls a saw of caches that fill and are emptied flat', () => {
    expect(verdicts((hours) => 3 * (hours % 0.5)).flat).toBeGreaterThan(0.9 * SEEDS)
  })

  test('leaves out the warm-up', () => {
    expect(verdicts((hours) => 30 * Math.min(1, hours)).flat).toBeGreaterThan(0.9 * SEEDS)
  })

  test('gives the slope, and start and end as they were', () => {
    const exact = slopeOf(Array.from({ length: SAMPLES }, (_, i) => ({ at: (i * HOURS) / SAMPLES, value: 10 + i })))
    expect(exact.perHour).toBeCloseTo(SAMPLES / HOURS)
    expect(exact.end - exact.start).toBeGreaterThan(0.7 * SAMPLES)
    expect(exact.verdict).toBe('grows')
  })

  test('gives none where a part of the run was not measured', () => {
    const gap = heap(1, () => 0).filter(({ at }) => at < 5 || at > 7)
    expect(() => slopeOf(gap)).toThrow(/nothing was measured/)
  })
})
