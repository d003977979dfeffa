import { describe, expect, it } from 'vitest'
import { type Counting, Follower } from './follower.ts'

const NATION = 'nation'
const delta = (from: number, to: number, cells = ''): string =>
  `{"t":"delta","s":"nation","from":${from},"to":${to},"sum":1,"at":1,"c":[${cells}],"r":[],"x":[]}`

function follow() {
  const counted = new Map<string, number>()
  const count = (name: string, by = 1): void => void counted.set(name, (counted.get(name) ?? 0) + by)
  const tally: Counting = {
    count,
    gap: () => count('gaps'),
    stale: () => count('stale'),
    mismatch: () => count('mismatches'),
    unanswered: () => count('unanswered'),
    delivered: () => count('deliveries'),
  }
  const said: unknown[] = []
  const follower = new Follower([NATION], 'watches', tally, (text) => said.push(JSON.parse(text)))
  follower.askAll()
  return { follower, said, counted: (name: string) => counted.get(name) ?? 0 }
}

describe('what a screen holds', () => {
  it('a question that is let lie is counted, once; live deltas behind it are no answer', () => {
    const { follower, counted } = follow()
    follower.hear(delta(5, 6))
    follower.sweep(Date.now() + 9000)
    expect(counted('unanswered')).toBe(0)
    follower.sweep(Date.now() + 11_000)
    follower.sweep(Date.now() + 12_000)
    expect(counted('unanswered')).toBe(1)
  })

  it('a question whose socket is gone is not, nor one that was denied', () => {
    const { follower, counted } = follow()
    follower.lost()
    follower.sweep(Date.now() + 60_000)
    follower.askAll()
    follower.hear('{"t":"deny","s":"nation","why":"x"}')
    follower.sweep(Date.now() + 60_000)
    expect([counted('unanswered'), counted('denied')]).toEqual([0, 1])
  })

  it('who held the present is level at the end; who learns something new was behind', () => {
    const level = follow()
    level.follower.hear(delta(0, 5, '1'))
    level.follower.finish(true)
    expect(level.follower.behind).toBe(1)
    level.follower.hear(delta(5, 9))
    expect(level.follower.behind).toBe(0)

    const late = follow()
    late.follower.hear(delta(0, 5, '1'))
    late.follower.finish(true)
    late.follower.hear(delta(5, 9, '["waiting.red","10",1]'))
    expect(late.follower.behind).toBe(1)
  })

  it('the answer to an older question is not taken for the last one’s', () => {
    const { follower, said } = follow()
    follower.finish(true)
    follower.hear(delta(0, 5, '1'))
    expect([follower.behind, said.at(-1)]).toEqual([1, { t: 'sub', s: NATION, at: 5 }])
    follower.hear(delta(5, 5))
    expect(follower.behind).toBe(0)
  })

  it('who was away then asks when it is back', () => {
    const { follower, said } = follow()
    follower.hear(delta(0, 5, '1'))
    follower.lost()
    follower.finish(false)
    const before = said.length
    follower.askAll()
    follower.hear(delta(5, 7, '1'))
    follower.hear(delta(7, 7))
    expect([follower.behind, said.length - before]).toEqual([0, 2])
  })
})
