import { expect, it } from 'vitest'
import { searchCanaries } from './canary.ts'

it('no personal data stands in the stream, in any scope, frame, log, metric or public answer', {
  timeout: 120_000,
}, async () => {
  const { bytes, hits, places, kept } = await searchCanaries()
  expect(kept, 'canaries that PostgreSQL holds: else the search would prove nothing').toBeGreaterThan(6)
  expect(bytes).toBeGreaterThan(100_000)
  for (const [place, size] of Object.entries(places)) expect(size, place).toBeGreaterThan(50)
  expect(hits).toEqual([])
})
