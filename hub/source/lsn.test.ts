import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatLsn, parseLsn } from './lsn.ts'

describe('LSNs', () => {
  test('are bytes since the cluster began', () => {
    expect(parseLsn('0/0')).toBe(0)
    expect(parseLsn('16/B374D848')).toBe(0x16 * 2 ** 32 + 0xb374d848)
    expect(formatLsn(0x16 * 2 ** 32 + 0xb374d848)).toBe('16/B374D848')
    expect(parseLsn('1FFFFF/FFFFFFFF')).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('go there and back unchanged', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (position) => parseLsn(formatLsn(position)) === position))
  })

  test.each(['', '0', '/', '0/', '0/G', '0/123456789', ' 0/1', '0/1 ', '-1/0', '0x1/2'])('refuse %j', (text) => {
    expect(() => parseLsn(text)).toThrow(RangeError)
  })

  test('beyond what a double holds exactly are refused, never rounded', () => {
    expect(() => parseLsn('200000/0')).toThrow(/8 PiB/)
    expect(() => formatLsn(2 ** 53)).toThrow(RangeError)
    expect(() => formatLsn(-1)).toThrow(RangeError)
    expect(() => formatLsn(0.5)).toThrow(RangeError)
  })
})
