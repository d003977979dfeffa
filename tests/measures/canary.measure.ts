import path from 'node:path'
import { expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { searchCanaries } from '../security/canary.ts'
import { startBrowser } from '../support/browser.ts'
import { record } from '../support/measures.ts'
import { renderIn } from '../support/rendered.ts'

it('canaries', async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  const browser = await startBrowser()
  const found = await searchCanaries(renderIn(browser)).finally(() => browser.close())
  const { bytes, hits, places, fed, lost, planted } = found
  expect(lost).toEqual([])
  expect(planted.length).toBeGreaterThan(4)
  const how = `${fed} canaries in personal fields, all found where they belong, phones in every spelling; searched ${Object.keys(places).length} places: the decoded stream, every scope with board and presence, a signed-in responder's frames, the log at trace, metrics, every GET by every role, walls, board and status page as a browser shows them; one put on a board on purpose was found in ${planted.length} places`
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
