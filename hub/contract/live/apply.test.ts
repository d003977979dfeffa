import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, emptyScope } from './apply.ts'
import { cellHash, checksumMove, hashText, rowHash } from './checksum.ts'
import type { Delta } from './messages.ts'

const sumOf = (cells: Record<string, number>, rows: readonly (readonly unknown[])[] = []): number => {
  let sum = 0
  for (const [key, value] of Object.entries(cells)) sum = checksumMove(sum, 0, cellHash(hashText(key), value))
  for (const row of rows) sum = checksumMove(sum, 0, rowHash(row))
  return sum
}

const delta = (over: Partial<Delta>): Delta => ({
  t: 'delta',
  s: 'nation',
  from: 0,
  to: 10,
  sum: 0,
  at: 0,
  c: [],
  r: [],
  x: [],
  ...over,
})

function held() {
  const state = emptyScope('nation')
  applyDelta(
    state,
    delta({ c: [['waiting.red', 'TH', 3, '50', 2]], sum: sumOf({ 'waiting.red|TH': 3, 'waiting.red|50': 2 }) }),
  )
  return state
}

describe('applyDelta', () => {
  it('[D1] replaces all when it begins at 0', () => {
    const state = held()
    const sum = sumOf({ 'waiting.red|10': 1 })
    const applied = applyDelta(state, delta({ to: 20, c: [['waiting.red', '10', 1]], sum }))
    expect(applied).toMatchObject({ outcome: 'replaced' })
    expect([...state.cells]).toEqual([['waiting.red|10', 1]])
  })

  it('[D2] sees a gap and touches nothing', () => {
    const state = held()
    expect(applyDelta(state, delta({ from: 11, to: 20, c: [['waiting.red', 'TH', 9]] }))).toEqual({ outcome: 'gap' })
    expect([state.position, state.cells.get('waiting.red|TH')]).toEqual([10, 3])
  })

  it('[D3] drops what is older than what it holds', () => {
    const state = held()
    expect(applyDelta(state, delta({ from: 5, to: 9, c: [['waiting.red', 'TH', 9]] }))).toEqual({ outcome: 'stale' })
    expect(state.cells.get('waiting.red|TH')).toBe(3)
  })

  it('[D4] applies an overlapping delta, and the same one twice', () => {
    const state = held()
    const overlapping = delta({
      from: 5,
      to: 20,
      c: [['waiting.red', 'TH', 4, '50', 3]],
      sum: sumOf({ 'waiting.red|TH': 4, 'waiting.red|50': 3 }),
    })
    expect(applyDelta(state, overlapping).outcome).toBe('applied')
    expect(applyDelta(state, overlapping).outcome).toBe('applied')
    expect(state.position).toBe(20)
  })

  it('[D6] says when the checksum is wrong', () => {
    expect(applyDelta(held(), delta({ from: 10, to: 20, sum: 1 })).outcome).toBe('wrong')
  })

  it('[D7] forgets cells of value 0 and rows that left', () => {
    const state = held()
    const row = ['facility', '7', 'hospital'] as const
    const cells = { 'waiting.red|TH': 3, 'waiting.red|50': 2 }
    expect(applyDelta(state, delta({ from: 10, to: 20, r: [row], sum: sumOf(cells, [row]) })).outcome).toBe('applied')
    const gone = delta({
      from: 20,
      to: 30,
      c: [['waiting.red', '50', 0]],
      x: ['facility/7'],
      sum: sumOf({ 'waiting.red|TH': 3 }),
    })
    expect(applyDelta(state, gone).outcome).toBe('applied')
    expect([state.cells.size, state.rows.size]).toEqual([1, 0])
  })

  it('refuses a frame that has not the shape of a delta', () => {
    expect(() => applyDelta(held(), delta({ from: 10, c: [[1, 'TH', 2]] }))).toThrow(TypeError)
    expect(() => applyDelta(held(), delta({ from: 10, c: [['waiting.red', 'TH', '2']] }))).toThrow(TypeError)
  })
})

describe('the checksum', () => {
  it('does not depend on order and is moved by every change', () => {
    const cell = fc.tuple(
      fc.constantFrom('a|TH', 'b|TH', 'a|50', 'b|50'),
      fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    )
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: ([key]) => key, minLength: 1 }), fc.nat(3), (cells, i) => {
        expect(sumOf(Object.fromEntries(cells))).toBe(sumOf(Object.fromEntries([...cells].reverse())))
        const [key, value] = cells[i % cells.length]!
        expect(cellHash(hashText(key), value)).not.toBe(cellHash(hashText(key), value + 1))
      }),
    )
  })
})
