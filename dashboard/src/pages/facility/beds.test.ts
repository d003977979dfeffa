import { describe, expect, it } from 'vitest'
import { checkLevel, EMPTY_LEVEL, readCount, sourceTime } from './beds.ts'

describe('a level of a bed report', () => {
  const full = { staffed: '12', available: '4', held: '1', occupied: '6', cleaning: '1', blocked: '0' }

  it('fits when every staffed bed is in one state', () => {
    const count = { level: '3', staffed: 12, available: 4, held: 1, occupied: 6, cleaning: 1, blocked: 0 }
    expect(checkLevel('3', full)).toEqual({ kind: 'fits', count })
  })

  it('says by how many beds it does not add up', () => {
    expect(checkLevel('3', { ...full, available: '6' })).toEqual({ kind: 'wrong_sum', sum: 14, over: 2 })
    expect(checkLevel('3', { ...full, available: '1' })).toEqual({ kind: 'wrong_sum', sum: 9, over: -3 })
  })

  it('takes a level nobody has typed into as not reported', () => {
    expect(checkLevel('1', EMPTY_LEVEL)).toEqual({ kind: 'empty' })
    expect(checkLevel('1', { ...EMPTY_LEVEL, available: '4' })).toEqual({ kind: 'incomplete', sum: 4 })
  })

  it('refuses what is no count', () => {
    expect(checkLevel('1', { ...full, occupied: '-1' })).toEqual({ kind: 'wrong_number', state: 'occupied' })
    expect(readCount('1.5')).toBeUndefined()
    for (const twelve of ['๑๒', '၁၂', '໑໒', '១២']) expect(readCount(twelve)).toBe(12)
  })
})

it('takes a local time as Bangkok time, and nothing as now', () => {
  expect(sourceTime('2021-11-11T08:30', 0)).toBe('2021-11-11T01:30:00.000Z')
  expect(sourceTime('', 0)).toBe('1970-01-01T00:00:00.000Z')
})
