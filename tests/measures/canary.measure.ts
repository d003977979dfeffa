import { expect, it } from 'vitest'
import { searchCanaries } from '../security/canary.ts'
import { record } from '../support/measures.ts'

it('canaries', async () => {
  const { bytes, hits, places, kept } = await searchCanaries()
  expect(kept).toBeGreaterThan(6)
  const how = `${kept} canaries in personal fields; searched ${Object.keys(places).length} places: the decoded stream, every scope, sockets' frames, the log at trace, metrics, public answers`
  await record(
    { name: 'bytes searched for personal data', value: bytes, unit: 'bytes', how },
    {
      name: 'personal data found where it does not belong',
      value: hits.length,
      unit: 'hits',
      goal: '0',
      met: hits.length === 0,
      how,
    },
  )
})
