import { expect, it } from 'vitest'
import { walkBeds } from '../support/beds-model.ts'

it('a hundred thousand random steps overbook no bed', () => {
  const { taken, overbooked } = walkBeds(100_000, 20211111)
  expect(overbooked).toBe(0)
  expect(taken).toBeGreaterThan(20_000)
})
