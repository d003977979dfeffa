import { expect, test } from 'vitest'
import { delta } from '../../../hub/contract/live/messages.ts'
import { DELTA_BYTES_MIN, deltaText } from './payload.ts'

test.each([DELTA_BYTES_MIN, 300, 2048, 65_536])(
  'a text of %i bytes is a delta of the protocol, to the byte',
  (bytes) => {
    const text = deltaText(bytes, 123_456, 123_457, 1_637_000_000_000.125)
    expect(Buffer.byteLength(text)).toBe(bytes)
    expect(delta.parse(JSON.parse(text))).toMatchObject({ from: 123_456, to: 123_457, at: 1_637_000_000_000.125 })
  },
)

test('a text is the same after a server has parsed it and written it again', () => {
  const text = deltaText(2048, 123_456, 123_457, 1_637_000_000_000.125)
  expect(JSON.stringify(JSON.parse(text))).toBe(text)
})

test('a text too short for its fields is refused', () => {
  expect(() => deltaText(DELTA_BYTES_MIN - 1, 0, 1, 0)).toThrow(RangeError)
})
