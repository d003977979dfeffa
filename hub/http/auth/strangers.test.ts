import { expect, it } from 'vitest'
import { createStrangersLine, STRANGERS_FREE_MAX, STRANGERS_PACE_MS, STRANGERS_WAITING_MAX } from './strangers.ts'

it('few failures wait for nobody; many wait in line, one by one, and a line that is full says so', async () => {
  const turns: (() => void)[] = []
  const slept: number[] = []
  const line = createStrangersLine((ms) => {
    slept.push(ms)
    return new Promise<void>((resolve) => turns.push(resolve))
  })
  expect(await line.wait('a', STRANGERS_FREE_MAX)).toBe(true)
  expect(slept).toEqual([])
  const waiting = Array.from({ length: STRANGERS_WAITING_MAX + 1 }, () => line.wait('a', STRANGERS_FREE_MAX + 1))
  expect(slept).toEqual([STRANGERS_PACE_MS])
  expect(await line.wait('a', STRANGERS_FREE_MAX + 1), 'the line is full').toBe(false)
  const other = line.wait('b', STRANGERS_FREE_MAX + 1)
  expect(slept, 'another login has a line of its own').toHaveLength(2)
  for (let i = 0; i < STRANGERS_WAITING_MAX + 2; i++) {
    turns.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await Promise.all([...waiting, other])).toEqual(Array.from({ length: STRANGERS_WAITING_MAX + 2 }, () => true))
})
