import { expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'

const PHONE = { width: 390, height: 844 }
/** ms until something is painted on a busy machine */
const PAINTED = { timeout: 20_000 }

const { hub, browser, made } = await productionForFile({
  fill: async (database) => {
    await createTestAccounts(database, [
      { username: 'rescue-1', role: 'responder', areas: ['50'], label: 'Rescue 1' },
      { username: 'watcher', role: 'national', areas: ['TH'], label: 'National' },
    ])
    return { made: await openCases(database, 2) }
  },
})

async function boardOf(username: string, search: string) {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, hub.url, username)
  const page = await context.newPage()
  await page.goto(`${hub.url}/board?${search}`)
  await page.locator('[data-case]').first().waitFor(PAINTED)
  return page
}

it('what I hold and what I ended today, with outcome and time, follows by itself and leads to the case', {
  timeout: 120_000,
}, async () => {
  const page = await boardOf('rescue-1', 'lang=en')
  const [done, kept] = made
  const line = (id: number | undefined) => page.locator(`[data-need="${id}"]`)
  for (const each of made) {
    await line(each.need).locator('[data-move=claim]').click(PAINTED)
    await line(each.need).locator('[data-move=release]').waitFor(PAINTED)
  }
  await page.getByRole('button', { name: 'My work today' }).click()
  await page.locator(`[data-held="${kept?.need}"]`).waitFor(PAINTED)
  await page.locator(`[data-held="${done?.need}"]`).waitFor(PAINTED)
  await page.getByText('Nothing ended yet today').waitFor(PAINTED)

  // From another of their devices: the page they look at follows.
  await page.evaluate(async (id) => {
    const { needs } = await (await fetch('/api/needs/mine')).json()
    const { fence } = needs.find((need: { id: number }) => need.id === id)
    const answer = await fetch(`/api/needs/${id}/fulfil`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ fence }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }, done?.need)
  const ended = page.locator('[data-ended]')
  await ended.filter({ hasText: `Case ${done?.case}` }).waitFor(PAINTED)
  expect(await ended.count()).toBe(1)
  expect(await ended.textContent()).toMatch(/^\d\d:\d\d.+Done/)
  expect(await page.locator('[data-held]').count()).toBe(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  expect(await graveFaults(page)).toEqual([])

  await page.goto(`${hub.url}/board?lang=th&tab=today`)
  await page.getByRole('heading', { name: 'ที่ฉันปิดวันนี้: 1' }).waitFor(PAINTED)
  await page.getByRole('button', { name: 'งานของฉันวันนี้', pressed: true }).waitFor(PAINTED)
  await ended.getByRole('link').click()
  await page.waitForURL(`**/case/${done?.case}`, PAINTED)
})

it('who may not claim has no such part', { timeout: 60_000 }, async () => {
  const page = await boardOf('watcher', 'lang=en&province=50&tab=today')
  expect(await page.getByRole('button', { name: 'Cases' }).getAttribute('aria-pressed')).toBe('true')
  expect(await page.getByRole('button', { name: 'My work today' }).count()).toBe(0)
})
