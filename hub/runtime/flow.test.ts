import { expect, it } from 'vitest'
import { createFlow } from './flow.ts'

const MINUTE = 60_000

it('counts what came in the last minute, of a key and of all, over the edge of a minute too', () => {
  const flow = createFlow(MINUTE)
  for (let i = 0; i < 10; i++) flow.add('a', 50_000)
  expect(flow.add('b', 59_999)).toMatchObject({ own: 1, all: 11 })
  // Half of the minute before still counts.
  expect(flow.add('a', MINUTE + MINUTE / 2)).toEqual({ own: 6, all: 6.5 })
})

it('forgets what came two minutes ago, and before a clock was set', () => {
  const flow = createFlow(MINUTE)
  for (let i = 0; i < 10; i++) flow.add('a', 0)
  expect(flow.add('a', 2 * MINUTE)).toEqual({ own: 1, all: 1 })
  expect(flow.add('a', 0)).toEqual({ own: 1, all: 1 })
})

it('lets one key add a bounded number to all', () => {
  const flow = createFlow(MINUTE)
  for (let i = 0; i < 1000; i++) flow.add('a', 0, 30)
  expect(flow.add('b', 0, 30)).toEqual({ own: 1, all: 31 })
})

it('keeps a bounded number of keys, and goes on counting all', () => {
  const flow = createFlow(MINUTE)
  for (let i = 0; i < 50_000; i++) flow.add(`${i}`, 0)
  expect(flow.add('one more', 0)).toEqual({ own: 0, all: 50_001 })
  expect(flow.add('7', 0)).toEqual({ own: 2, all: 50_002 })
})
