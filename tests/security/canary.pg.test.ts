import { beforeAll, expect, test } from 'vitest'
import { type CanarySearch, searchCanaries } from './canary.ts'

let found: CanarySearch
beforeAll(async () => {
  found = await searchCanaries()
}, 240_000)

test('every canary stands in the one table where it belongs, and is shown to who may see it', () => {
  expect(found.lost).toEqual([])
  // Five people with eight fields each, what was added to a request, a contact's note, who overrides, and a check.
  expect(found.fed).toBe(5 * 8 + 4)
})

test('no personal data stands in the stream, in any scope, frame, log, metric or answer', () => {
  expect(found.hits).toEqual([])
})

test('there was something to search in each place', () => {
  const { bytes, places } = found
  expect(bytes).toBeGreaterThan(500_000)
  for (const place of ['stream', 'frames', 'log', '/metrics', 'board:50', 'GET /api/cases?area=50&limit=200'])
    expect(places[place], place).toBeGreaterThan(1000)
  expect(Object.keys(places).filter((place) => place.startsWith('presence:'))).toHaveLength(3)
})

test('a phone number that is put where boards show a call-sign is found wherever it gets to', () => {
  expect(found.planted).toEqual(
    expect.arrayContaining([
      'help.phone in stream',
      'help.phone in frames',
      'help.phone in board:50',
      'help.phone in GET /api/cases?area=50&limit=200',
      expect.stringMatching(/^help\.phone in GET \/api\/help\//),
    ]),
  )
})
