import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/build.ts'
import { startBrowser } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }

let database: TestDatabase
let hub: ProductionHub
let browser: Browser
let page: Page
let own: number
let foreign: number

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  database = await createTestDatabase()
  own = await makeFacility(database, 'T1', '5001')
  foreign = await makeFacility(database, 'T2', '5002')
  await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], own)
  hub = await startProduction(database)
  browser = await startBrowser()
  page = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
})

afterAll(async () => {
  await browser?.close()
  await hub?.kill('SIGKILL')
  await database?.drop()
})

const field = (name: string) => page.locator(`input[name="${name}"]`)

it('checks the sum while typing, and a report changes the province page by itself', async () => {
  const watching = await browser.newPage()
  await watching.goto(`${hub.url}/province/50?lang=en`)
  const free = watching.locator('.beds-table tbody tr').first().locator('.beds-free')
  await expect.poll(() => free.textContent(), PAINTED).toBe('8')

  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').fill('1')
  await page.getByText('3 fewer than staffed').waitFor()
  await field('3.occupied').fill('9')
  await page.getByText('adds up').waitFor()
  await page.getByRole('button', { name: 'Report beds' }).click()
  await page.getByText('It is on the walls now').waitFor()
  await expect.poll(() => free.textContent(), PAINTED).toBe('5')

  await page.getByRole('button', { name: 'Put the numbers from before back' }).click()
  expect(await field('3.available').inputValue()).toBe('4')
  await page.getByRole('button', { name: 'Report beds' }).click()
  await expect.poll(() => free.textContent(), PAINTED).toBe('8')
  await watching.close()
})

it('an older count is refused, says which count stands, and changes nothing', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').fill('3')
  await field('3.occupied').fill('7')
  await page.locator('input[type="datetime-local"]').fill('2021-11-01T08:00')
  await page.getByRole('button', { name: 'Report beds' }).click()
  await page.locator('.desk-problem').getByText('A newer count of level 3 stands').waitFor()
  const { rows } = await database.pool.query('select available from beds where facility_id = $1 and level = $2', [
    own,
    '3',
  ])
  expect(rows).toEqual([{ available: 4 }])
})

it('a facility that is not theirs is refused, by the page and by the hub', async () => {
  await page.goto(`${hub.url}/facility/${foreign}?lang=en`)
  await page.getByText('No such facility in your area').waitFor()
  const level = { level: '3', staffed: 1, available: 1, held: 0, occupied: 0, cleaning: 0, blocked: 0 }
  const response = await page.context().request.post(`${hub.url}/api/facilities/${foreign}/beds`, {
    data: { sourceAt: new Date().toISOString(), levels: [level] },
    headers: { 'idempotency-key': 'foreign-facility-1' },
  })
  expect([403, 404]).toContain(response.status())
})

it('nothing is wider than a phone', async () => {
  for (const place of ['/facility', `/facility/${own}`]) {
    await page.goto(`${hub.url}${place}?lang=th`)
    await page.locator('h1').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), place).toBe(0)
  }
})
