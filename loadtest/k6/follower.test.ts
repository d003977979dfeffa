import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Counting, Follower, type Manner } from './follower.ts'

const NATION = 'nation'
const delta = (from: number, to: number, cells = '', sum = 1): string =>
  `{"t":"delta","s":"nation","from":${from},"to":${to},"sum":${sum},"at":1,"c":[${cells}],"r":[],"x":[]}`

function follow(manner: Manner = 'watches') {
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
  const follower = new Follower([NATION], manner, tally, (text) => said.push(JSON.parse(text)))
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

describe('a prover', () => {
  /** Every look at the clock takes so long; a fold is two looks. */
  const LOOK_MS = 10
  const NOTHING_HELD = 0

  afterEach(() => {
    vi.restoreAllMocks()
  })

  function prove() {
    let now = 1_000_000
    vi.spyOn(Date, 'now').mockImplementation(() => {
      now += LOOK_MS
      return now
    })
    const followed = follow('folds')
    followed.follower.hear(delta(0, 5, '', NOTHING_HELD))
    return { ...followed, pass: (ms: number) => (now += ms) }
  }

  it('rests 29 times as long as it folded, then asks for what it skipped, which is no gap', () => {
    const { follower, said, counted, pass } = prove()
    follower.hear(delta(5, 6, '', NOTHING_HELD))
    follower.hear(delta(6, 7, '', NOTHING_HELD))
    expect([counted('folded'), counted('skipped'), said.length]).toEqual([1, 2, 1])
    pass(29 * LOOK_MS)
    follower.hear(delta(7, 8, '', NOTHING_HELD))
    expect(said.at(-1)).toEqual({ t: 'sub', s: NATION, at: 5 })
    follower.hear(delta(5, 8, '', NOTHING_HELD))
    expect([counted('folded'), counted('gaps'), counted('mismatches')]).toEqual([2, 0, 0])
  })

  it('reads heads alone while it rests, but its answer whole', () => {
    const { follower, pass } = prove()
    expect(follower.skims).toBe(true)
    follower.hear(delta(5, 6).slice(0, 80), false)
    pass(29 * LOOK_MS)
    expect(follower.skims).toBe(false)
    follower.hear(delta(6, 7))
    expect(follower.skims).toBe(false)
  })

  it('skips a head that it read while it rested, though its rest is over', () => {
    const { follower, counted, pass } = prove()
    pass(29 * LOOK_MS)
    follower.hear(delta(5, 6).slice(0, 80), false)
    expect([counted('skipped'), counted('gaps'), counted('mismatches')]).toEqual([1, 0, 0])
  })

  it('catches up before its last question', () => {
    const { follower, said } = prove()
    follower.hear(delta(5, 6, '', NOTHING_HELD))
    follower.finish(true)
    expect(said.at(-1)).toEqual({ t: 'sub', s: NATION, at: 5 })
    follower.hear(delta(5, 6, '', NOTHING_HELD))
    expect([follower.behind, said.at(-1)]).toEqual([1, { t: 'sub', s: NATION, at: 6 }])
    follower.hear(delta(6, 6, '', NOTHING_HELD))
    expect(follower.behind).toBe(0)
  })

  it('tells a wrong sum, and asks for the whole', () => {
    const { follower, said, counted, pass } = prove()
    pass(29 * LOOK_MS)
    follower.hear(delta(5, 6, '["waiting.red","10",1]', NOTHING_HELD))
    expect([counted('mismatches'), said.slice(-2)]).toEqual([
      1,
      [
        { t: 'wrong', s: NATION },
        { t: 'sub', s: NATION, at: 0 },
      ],
    ])
  })
})
