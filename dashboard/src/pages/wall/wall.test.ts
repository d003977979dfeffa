import { describe, expect, test } from 'vitest'
import type { Choice } from '../../panels/indicators.ts'
import { nextLevel, rotate, rotateSeconds, wallAction } from './keys.ts'
import { pixelShift, SHIFT_MAX_U } from './pixelShift.ts'

const start: Choice = { indicator: 'incidence', level: '3' }

describe('keys', () => {
  test('1 to 4 choose, 2 again goes to the next level, others do nothing', () => {
    expect(wallAction('3', start)).toEqual({ kind: 'choose', choice: { indicator: 'waiting', level: '3' } })
    const beds = { indicator: 'occupancy', level: '3' } as const
    expect(wallAction('2', beds)).toEqual({ kind: 'choose', choice: { indicator: 'occupancy', level: '2.2' } })
    for (const key of ['0', '5', 'x', ' ', '1.5', 'Enter']) expect(wallAction(key, start)).toBeUndefined()
    expect(wallAction('l', start)).toEqual({ kind: 'language' })
    expect(wallAction('N', start)).toEqual({ kind: 'numbers' })
    expect(wallAction('r', start)).toEqual({ kind: 'regions' })
    for (const key of ['c', 'C', 'Info']) expect(wallAction(key, start)).toEqual({ kind: 'clocks' })
  })

  test('the levels come round', () => {
    let choice: Choice = { indicator: 'occupancy', level: '3' }
    const seen = Array.from({ length: 5 }, () => {
      choice = nextLevel(choice)
      return choice.level
    })
    expect(seen).toEqual(['2.2', '2.1', '1', '0', '3'])
  })
})

describe('rotation', () => {
  test('shows every indicator and comes back', () => {
    let choice = start
    const seen = Array.from({ length: 5 }, () => {
      choice = rotate(choice)
      return `${choice.indicator} ${choice.level}`
    })
    expect(seen).toEqual(['occupancy 3', 'occupancy 2.2', 'waiting 3', 'doses 3', 'incidence 3'])
  })

  test('its time is bounded below, and nonsense turns it off', () => {
    expect([undefined, 'x', '-3', '0', '1', '30'].map(rotateSeconds)).toEqual([null, null, null, null, 5, 30])
  })
})

test('the pixel shift stays within its bound and does not stand still', () => {
  const shifts = Array.from({ length: 500 }, (_, i) => pixelShift(i))
  for (const { x, y } of shifts) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(SHIFT_MAX_U)
  expect(new Set(shifts.map(({ x }) => x.toFixed(3))).size).toBeGreaterThan(100)
})
