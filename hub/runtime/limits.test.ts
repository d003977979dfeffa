import { expect, test } from 'vitest'
import { addressKey, createGate, perMinute } from './limits.ts'

test('a /64 of IPv6 counts as one address', () => {
  expect(addressKey('203.0.113.9')).toBe('203.0.113.9')
  expect(addressKey('::ffff:203.0.113.9')).toBe('::ffff:203.0.113.9')
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2')
  expect(addressKey('2001:0db8:0001:0002:ffff:ffff:ffff:ffff')).toBe('2001:db8:1:2')
  expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0')
  expect(addressKey('::1')).toBe('0:0:0:0')
})

test('a limit lets its points through, then says how long to wait', async () => {
  const limit = perMinute(3)
  for (let i = 0; i < 3; i++) expect(await limit.take('a')).toBeUndefined()
  expect(await limit.take('a')).toBeGreaterThan(0)
  expect(await limit.take('b')).toBeUndefined()
})

test('a gate runs so many at once, keeps so many waiting, and turns away the rest', async () => {
  const gate = createGate(2, 3)
  let running = 0
  let most = 0
  const waiting: (() => void)[] = []
  const work = async () => {
    most = Math.max(most, ++running)
    await new Promise<void>((resolve) => waiting.push(resolve))
    running--
    return 'done'
  }
  const all = Array.from({ length: 8 }, () => gate.run(work))
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    for (const resolve of waiting.splice(0)) resolve()
  }
  const results = await Promise.all(all)
  expect(results.filter((result) => result?.value === 'done')).toHaveLength(5)
  expect(results.filter((result) => result === undefined)).toHaveLength(3)
  expect(most).toBe(2)
  const after = gate.run(async () => 'again')
  expect(await after).toEqual({ value: 'again' })
})
