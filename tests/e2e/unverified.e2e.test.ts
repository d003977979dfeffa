import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'

const PHONE = { width: 390, height: 844 }
const APART = 30

const { database, hub, browser, seen, apart } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    await createTestAccounts(database, [
      { username: 'triage-1', role: 'triage', areas: ['50'], label: 'Triage 50' },
      { username: 'rescue-1', role: 'responder', areas: ['50'], label: 'Rescue 1' },
      { username: 'hotline-1', role: 'hotline', areas: ['50'], label: 'Hotline 50' },
    ])
    const apart = await openCases(database, APART, { severity: 'red' })
    await database.pool.query('update cases set unverified = true where id = any ($1)', [apart.map((one) => one.case)])
    const [seen] = await openCases(database, 1, { severity: 'red' })
    return { seen, apart }
  },
})

async function open(username: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, hub.url, username)
  const page = await context.newPage()
  await page.goto(`${hub.url}${path}`)
  return page
}
const cards = (page: Page) => page.locator('[data-case]')
const lane = (page: Page) => page.locator('[data-show=unverified]')
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
const stageOf = async (id: number | undefined) =>
  (await database.pool.query('select stage from cases where id = $1', [id])).rows[0]?.stage

it('the board of a phone shows what was confirmed, and the rest in a lane of its own, from which one tap takes it', async () => {
  const page = await open('triage-1', '/board?lang=en')
  await cards(page).first().waitFor()
  expect(await cards(page).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.case))).toEqual([
    String(seen?.case),
  ])
  expect(await lane(page).textContent()).toBe(`Not confirmed (${APART})`)
  expect(await wide(page)).toBe(0)
  await lane(page).click()
  const first = cards(page).first()
  await page.locator(`[data-case="${apart[0]?.case}"]`).waitFor()
  const id = Number(await first.getAttribute('data-case'))
  await first.locator('[data-way=verify]').click()
  await page.locator(`[data-case="${id}"]`).waitFor({ state: 'detached' })
  expect(await stageOf(id)).toBe('verified')
  expect(await page.locator('.undo-text').textContent()).toBe(`Confirmed: case ${id}.`)
  await page.locator('.undo-bar .button').click()
  await page.locator(`[data-case="${id}"]`).waitFor()
  expect(await stageOf(id)).toBe('reported')

  await page.locator('.undo-bar').waitFor({ state: 'detached' })
  await page.locator(`[data-case="${id}"] [data-way=dismiss]`).click()
  await page.locator(`[data-case="${id}"]`).waitFor({ state: 'detached' })
  expect(await stageOf(id)).toBe('invalid')
  await page.locator('.undo-text', { hasText: `Ended as invented: case ${id}.` }).waitFor()
  await lane(page)
    .getByText(`Not confirmed (${APART - 1})`)
    .waitFor()
  await page.locator('.undo-bar .button').click()
  // Its need is opened again, so it waits from now on: the last of the lane.
  await lane(page).getByText(`Not confirmed (${APART})`).waitFor()
  expect(await stageOf(id)).toBe('reported')
  expect(await wide(page)).toBe(0)
})

it('a responder sees the lane, takes what is in it, and cannot dismiss', async () => {
  const id = apart[APART - 1]?.case
  const page = await open('rescue-1', `/board?lang=en&show=unverified&q=${id}`)
  const card = page.locator(`[data-case="${id}"]`)
  await card.waitFor()
  expect(await card.locator('[data-way]').count()).toBe(0)
  await card.locator('[data-move=claim]').click()
  await card.waitFor({ state: 'detached' })
  await page.goto(`${hub.url}/board?lang=en&show=mine`)
  await card.waitFor()
})

it('the hotline’s desk has them too, the longest wait first, and says how many', async () => {
  const page = await open('hotline-1', '/desk?lang=en')
  const list = page.locator('.hotline-unverified')
  await list.waitFor()
  expect(await list.locator('h2').textContent()).toMatch(/^Red requests to confirm: \d+$/)
  expect(await list.locator('[data-unverified]').count()).toBe(10)
  const first = list.locator('[data-unverified]').first()
  const id = Number(await first.getAttribute('data-unverified'))
  await first.locator('[data-way=verify]').click()
  await page.locator(`[data-unverified="${id}"]`).waitFor({ state: 'detached' })
  expect(await stageOf(id)).toBe('verified')
  await page.locator('.undo-bar').waitFor()
  expect(await wide(page)).toBe(0)
})
