import { describe, expect, it } from 'vitest'
import { Follower } from './follower.ts'

const NATION = 'nation'
const delta = (from: number, to: number): string =>
  `{"t":"delta","s":"nation","from":${from},"to":${to},"sum":1,"at":${to * 1000},"c":[],"r":[],"x":[]}`

function follow() {
  const counted = new Map<string, number>()
  const said: unknown[] = []
  const count = (name: string, by = 1): void => void counted.set(name, (counted.get(name) ?? 0) + by)
  const follower = new Follower([NATION], { count }, (text) => said.push(JSON.parse(text)))
  const followed: unknown[] = []
  follower.onDelta = (scope, whole) => followed.push([scope, whole])
  follower.askAll()
  follower.hear('{"t":"hello","v":8,"e":"one"}')
  follower.hear(delta(0, 5))
  return { follower, said, followed, counted: (name: string) => counted.get(name) ?? 0 }
}

describe('a reader that reads late', () => {
  it('follows positions and knows how old what it shows is', () => {
    const { follower, followed, counted } = follow()
    follower.hear(delta(5, 6))
    follower.hear(delta(4, 9))
    expect([follower.committedAt(NATION), followed.length, counted('gaps'), counted('snapshots')]).toEqual([
      9000, 3, 0, 1,
    ])
  })

  it('counts a gap, asks by the position held, and takes nothing for the answer that begins behind it', () => {
    const { follower, said, counted } = follow()
    follower.hear(delta(6, 7))
    expect(said.at(-1)).toEqual({ t: 'sub', s: NATION, at: 5, e: 'one' })
    follower.hear(delta(7, 8))
    follower.hear(delta(5, 8))
    expect([counted('gaps'), counted('resumed'), follower.committedAt(NATION)]).toEqual([1, 1, 8000])
  })

  it('is not taken back, and counts a whole scope that would', () => {
    const { follower, counted } = follow()
    follower.hear(delta(3, 4))
    follower.hear(delta(0, 4))
    expect([counted('stale'), follower.committedAt(NATION)]).toEqual([1, 5000])
  })

  it('counts what it is denied, and does not bear a head that it cannot read', () => {
    const { follower, counted } = follow()
    follower.hear('{"t":"deny","s":"nation","code":"forbidden","message":"x"}')
    expect(counted('denied')).toBe(1)
    expect(() => follower.hear('{"t":"delta","to":1}')).toThrow('the head of a delta has changed')
  })
})
