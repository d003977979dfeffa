import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptedEncodings, jsonRepresentation, namesTag } from './representation.ts'

describe('Accept-Encoding', () => {
  test.each([
    [undefined, ['identity']],
    ['', ['identity']],
    ['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
    ['gzip', ['gzip', 'identity']],
    ['br;q=0.5, gzip;q=0.9', ['gzip', 'br', 'identity']],
    ['br;q=0, gzip', ['gzip', 'identity']],
    ['*', ['br', 'gzip', 'identity']],
    ['*;q=0', []],
    ['identity', ['identity']],
    ['GZIP ; Q=1', ['gzip', 'identity']],
    ['gzip;q=x', ['identity']],
  ])('%s → %j', (header, encodings) => {
    expect(acceptedEncodings(header)).toEqual(encodings)
  })

  test('any bytes give a list of known encodings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        for (const encoding of acceptedEncodings(header)) expect(['br', 'gzip', 'identity']).toContain(encoding)
      }),
    )
  })
})

test('If-None-Match compares weakly and takes lists and *', () => {
  expect(namesTag('"a"', '"a"')).toBe(true)
  expect(namesTag('W/"a"', '"a"')).toBe(true)
  expect(namesTag('"b", W/"a"', '"a"')).toBe(true)
  expect(namesTag('*', '"a"')).toBe(true)
  expect(namesTag('"a', '"a"')).toBe(false)
  expect(namesTag(undefined, '"a"')).toBe(false)
})

test('a small body is not compressed', async () => {
  expect((await jsonRepresentation({ a: 1 })).encodings.gzip).toBeUndefined()
  expect((await jsonRepresentation('x'.repeat(2000))).encodings.gzip?.length).toBeLessThan(100)
})
