import { constants, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { inflate, textOf } from './inflate.ts'

/** What a delta looks like: much the same again and again, Thai words among it. */
const delta = `{"t":"delta","s":"nation","from":1,"to":2,"sum":3,"at":4.5,"c":[${Array.from({ length: 700 }, (_, i) => `["waiting.red","${10 + (i % 90)}",${(i * 7919) % 1000}]`).join(',')}],"r":[["case","กรุงเทพมหานคร 🏥"]],"x":[]}`

test.each([1, 6, 9])('what zlib deflated at level %i is read back, Thai and all', (level) => {
  expect(textOf(inflate(deflateRawSync(delta, { level })))).toBe(delta)
})

test('blocks that are stored, and blocks with the fixed codes, are read too', () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255))
  expect(Buffer.from(inflate(deflateRawSync(noise, { level: 0 })))).toEqual(noise)
  expect(textOf(inflate(deflateRawSync('a short text, a short text', { strategy: 4 })))).toBe(
    'a short text, a short text',
  )
})

test('codes longer than the table are found by walking', () => {
  // Each byte half as often as the one before, so that their codes have all lengths up to 15 bits.
  const rare = Buffer.concat(Array.from({ length: 18 }, (_, i) => Buffer.alloc(2 ** (17 - i), 65 + i)))
  const mixed = Buffer.from(rare.map((_, i) => rare[(i * 7919) % rare.length]!))
  expect(Buffer.from(inflate(deflateRawSync(mixed, { strategy: constants.Z_HUFFMAN_ONLY })))).toEqual(mixed)
})

test('the head is read without the rest', () => {
  const head = inflate(deflateRawSync(delta), 200)
  expect(head.length).toBeGreaterThanOrEqual(200)
  expect(head.length).toBeLessThan(500)
  expect(delta.startsWith(textOf(head))).toBe(true)
})

test('what is no deflate, or is cut, is refused', () => {
  expect(() => inflate(Uint8Array.from([7, 1, 2]))).toThrow(RangeError)
  expect(() => inflate(deflateRawSync(delta).subarray(0, 100))).toThrow(RangeError)
})
