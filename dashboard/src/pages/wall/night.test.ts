import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createNow } from '../../live/createNow.ts'
import { dimByNight, isNight, nightHours } from './night.ts'

const HOUR_MS = 3_600_000
/** 0:00 in Bangkok */
const MIDNIGHT = Date.parse('2021-11-11T00:00:00+07:00')
const darkHours = (asked: string) =>
  Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isNight(nightHours(asked), MIDNIGHT + hour * HOUR_MS))

it('the hours of a night are those of Thailand, over midnight too', () => {
  expect(darkHours('20-6')).toEqual([0, 1, 2, 3, 4, 5, 20, 21, 22, 23])
  expect(darkHours('1-3')).toEqual([1, 2])
  expect(darkHours('0-0')).toHaveLength(24)
  for (const nonsense of ['', '24-6', '6', 'a-b', '-1-5', '20-6-7']) expect(darkHours(nonsense)).toEqual([])
  expect(isNight(nightHours(undefined), MIDNIGHT)).toBe(false)
})

beforeEach(() => vi.useFakeTimers({ now: MIDNIGHT + 19.9 * HOUR_MS }))
afterEach(() => vi.useRealTimers())

it('a wall is dimmed while it is night, hour by hour of a whole day, and not once it is gone', () => {
  const isDim = () => document.documentElement.hasAttribute('data-night')
  const end = createRoot((dispose) => {
    const [asked] = createSignal('20-6')
    dimByNight(asked, createNow(60_000))
    return dispose
  })
  expect(isDim()).toBe(false)
  const seen = Array.from({ length: 24 }, () => {
    vi.advanceTimersByTime(HOUR_MS)
    return isDim()
  })
  expect(seen).toEqual([...Array<boolean>(10).fill(true), ...Array<boolean>(14).fill(false)])
  vi.advanceTimersByTime(HOUR_MS)
  expect(isDim()).toBe(true)
  end()
  expect(isDim()).toBe(false)
})
