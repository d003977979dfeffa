import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { REST_AFTER_MS } from '../../dashboard/src/live/rest.ts'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { setHidden } from '../support/hidden.ts'

const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await createTestAccounts(database, [{ username: 'rescue', role: 'responder', areas: ['50'], label: 'Rescue 1' }])
    await openCases(database, 1)
  },
})

async function opened(address: string): Promise<{ page: Page; frames: () => number }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await signInContext(context, hub.url, 'rescue')
  const page = await context.newPage()
  let frames = 0
  page.on('websocket', (socket) => socket.on('framereceived', () => frames++))
  await page.goto(`${hub.url}${address}`)
  return { page, frames: () => frames }
}

it('a board in a pocket hears under 40 frames, then nothing, and is level within a second when looked at', async () => {
  const { page, frames } = await opened('/board?lang=en')
  await page.locator('[data-case]').first().waitFor()
  const before = frames()
  await setHidden(page, true)
  await page.waitForTimeout(REST_AFTER_MS + 1_000)
  const [made] = await openCases(database, 1)
  await page.waitForTimeout(3_000)
  expect(frames() - before).toBeLessThanOrEqual(40)
  const quiet = frames()
  await page.waitForTimeout(3_000)
  expect(frames()).toBe(quiet)
  const at = performance.now()
  await setHidden(page, false)
  await page.locator(`[data-case="${made?.case}"]`).waitFor()
  await page.locator('main[data-freshness=live]').waitFor()
  expect(performance.now() - at).toBeLessThan(1_000)
  await page.context().close()
})

it('a wall is never let go of: another window over it changes nothing', async () => {
  const { page, frames } = await opened('/wall/50')
  await page.locator('main[data-freshness=live]').waitFor()
  await setHidden(page, true)
  await page.waitForTimeout(REST_AFTER_MS + 500)
  const before = frames()
  await page.waitForTimeout(3_000)
  expect(frames()).toBeGreaterThan(before)
  await page.context().close()
})
