import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOfBytes, canonicalAddress, trustedProxies } from './address.ts'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:443', '192.0.2.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['unknown', undefined],
  ['', undefined],
  ['192.0.2.256', undefined],
  ['[2001:db8::1', undefined],
])('%s is %s', (text, address) => {
  expect(canonicalAddress(text)).toBe(address)
})

test('a socket’s bytes: IPv4, IPv6, IPv4-mapped, none', () => {
  expect(addressOfBytes(new Uint8Array([192, 0, 2, 1]).buffer)).toBe('192.0.2.1')
  expect(addressOfBytes(new Uint8Array([...Array(10).fill(0), 255, 255, 192, 0, 2, 1]).buffer)).toBe('192.0.2.1')
  expect(addressOfBytes(new Uint8Array([32, 1, 13, 184, ...Array(11).fill(0), 1]).buffer)).toBe('2001:db8::1')
  expect(addressOfBytes(new ArrayBuffer(0))).toBe('')
})

test('whatever is forwarded, the client is an address, and a stranger’s word changes nothing', () => {
  const proxies = trustedProxies(['10.0.0.0/8', 'fd00::/8', '192.0.2.7'])
  const hop = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 20 }))
  fc.assert(
    fc.property(fc.array(hop, { maxLength: 40 }), (hops) => {
      const forwarded = hops.join(', ')
      expect(proxies.client(proxies.peer('203.0.113.1'), forwarded)).toBe('203.0.113.1')
      expect(canonicalAddress(proxies.client(proxies.peer('10.1.1.1'), forwarded))).toBeDefined()
    }),
  )
  expect(proxies.client(proxies.peer('192.0.2.7'), '198.51.100.1, fd00::1')).toBe('198.51.100.1')
  expect(proxies.client(proxies.peer('10.0.0.1'), undefined)).toBe('10.0.0.1')
})
