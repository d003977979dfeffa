import path from 'node:path'
import { expect, it } from 'vitest'
import { REST_AFTER_MS } from '../../dashboard/src/live/rest.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { setHidden } from '../support/hidden.ts'
import { record } from '../support/measures.ts'

const MINUTES = 10
/** Of the page's clock at once; every timer that falls into it runs. */
const STEP_MS = 5_000
const FRAMES_MAX = 40

await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await createTestAccounts(database, [{ username: 'rescue', role: 'responder', areas: ['50'], label: 'Rescue 1' }])
    await openCases(database, 1)
  },
})

it(`what a phone in a pocket receives in ${MINUTES} minutes`, { timeout: 300_000 }, async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await signInContext(context, hub.url, 'rescue')
  const page = await context.newPage()
  await page.clock.install()
  let frames = 0
  let requests = 0
  page.on('websocket', (socket) => socket.on('framereceived', () => frames++))
  page.on('request', () => requests++)
  await page.goto(`${hub.url}/board?lang=en`)
  await page.locator('[data-case]').first().waitFor()
  const before = { frames, requests }
  await setHidden(page, true)
  let cases = 0
  const commit = async () => {
    await openCases(database, 1)
    cases++
  }
  // Until it lets go of its link a change comes with every tick of the hub.
  for (const end = Date.now() + REST_AFTER_MS + 1_000; Date.now() < end; ) {
    await commit()
    await page.waitForTimeout(100)
  }
  for (let ms = 0; ms < MINUTES * 60_000; ms += STEP_MS) {
    await page.clock.runFor(STEP_MS)
    await commit()
  }
  const value = frames - before.frames
  await record({
    ...{ name: 'frames that a hidden phone receives in 10 minutes', value, unit: 'frames' },
    ...{ goal: `≤ ${FRAMES_MAX}`, met: value <= FRAMES_MAX },
    how: `/board on a phone, ${cases} cases committed meanwhile, ten a second until it lets go of its link; the first ${REST_AFTER_MS / 1000} s pass as they do, ${MINUTES} minutes by the page’s clock with every timer that falls into them; ${requests - before.requests} requests`,
  })
  expect(value).toBeLessThanOrEqual(FRAMES_MAX)
  // It was not dead: looked at, it has all of them.
  await setHidden(page, false)
  await expect.poll(() => page.locator('main').getAttribute('data-freshness')).toBe('live')
  await context.close()
})
