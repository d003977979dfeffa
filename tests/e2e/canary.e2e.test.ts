import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { searchCanaries } from '../security/canary.ts'
import { startBrowser } from '../support/browser.ts'
import { renderIn } from '../support/rendered.ts'

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
})

it('no page shows a person: neither a wall, nor a board, nor a status page; what a board does show is found', async () => {
  const browser = await startBrowser()
  try {
    const { hits, lost, places, planted } = await searchCanaries(renderIn(browser))
    expect(hits).toEqual([])
    expect(lost).toEqual([])
    const pages = Object.keys(places).filter((place) => place.startsWith('page '))
    expect(pages).toHaveLength(6)
    expect(planted).toContain('help.phone in page /board')
  } finally {
    await browser.close()
  }
}, 300_000)
