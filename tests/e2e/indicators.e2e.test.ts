import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { graveFaults } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const WALL = { width: 1920, height: 1080 }

let database: TestDatabase
let hub: ProductionHub
let browser: Browser
let command: Page
let governor: Page

/** 20 days of cases of Chiang Mai, the last but two reported by nobody; two hospitals, one of them silent for two days. */
beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  database = await createTestDatabase()
  await makeFacility(database, 'PROMPT', '5001')
  const silent = await makeFacility(database, 'SILENT', '5002')
  await database.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, source)
     select '5001', day - ago, 'confirmed', 'yellow', 'hi', 'api'
     from operation, generate_series(0, 19) as ago, generate_series(1, 10) where ago <> 2;
     insert into cases (district, report_day, classification, severity, care_place, source)
     select '5003', day, 'confirmed', 'green', 'hi', 'api' from operation, generate_series(1, 3);
     insert into day_reports (metric, district, day) select 'cases', '5000', day - ago from operation, generate_series(0, 19) as ago where ago <> 2;
     delete from revisions;
     update beds set staffed = 20, available = 3, occupied = 17 where level = '3';
     update beds set reported_at = now() - interval '2 days', late = true where facility_id = ${silent};
     update facilities set late = true where id = ${silent};
     insert into facility_contacts values (${silent}, 'emergency', '+6653000001', null), (${silent}, 'bed_desk', '+6653000002', null)`,
  )
  await makeDeskAccount(database, 'command', 'national', ['TH'])
  await makeDeskAccount(database, 'governor', 'governor', ['50'])
  hub = await startProduction(database)
  browser = await startBrowser()
  command = await signedInPage(browser, hub.url, 'command', undefined, WALL)
  governor = await signedInPage(browser, hub.url, 'governor')
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await hub?.kill('SIGKILL')
  await database?.drop()
})

async function live(page: Page, address: string): Promise<void> {
  await page.goto(`${hub.url}${address}`)
  await page.locator('[data-freshness=live]').waitFor(PAINTED)
}
const tile = (page: Page, name: RegExp) => page.getByRole('region', { name })
const overX = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** What reaches farthest to the right of the screen, for who reads a failure. */
const widest = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element instanceof HTMLElement && !element.closest('.map-place, .facilities-scroll'))
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .slice(0, 5)
      .map((element) => `${element.tagName}.${element.className} ${element.textContent?.slice(0, 40)}`)
      .join('; '),
  )

it('the share of what was reported opens who is late, by name: provinces on a wall, facilities on a province page', async () => {
  await live(command, '/wall?lang=en')
  await tile(command, /^New cases/)
    .getByRole('link', { name: '1 of 77 provinces reported' })
    .click()
  await command.getByRole('heading', { name: /^Who has not reported yet/ }).waitFor(PAINTED)
  const provinces = command.locator('.late-provinces li')
  await provinces.first().waitFor(PAINTED)
  expect(await provinces.filter({ hasText: 'Bangkok: new cases, deaths' }).count()).toBe(1)
  expect(await provinces.filter({ hasText: 'Chiang Mai' }).allTextContents()).toEqual(['Chiang Mai: deaths'])

  await live(governor, '/province/50?lang=en')
  await tile(governor, /^Facilities and beds/)
    .getByRole('link', { name: /^1 of 2 sites in time/ })
    .click()
  const late = governor.locator('.desk-table tbody tr')
  await late.first().waitFor(PAINTED)
  expect(await late.allTextContents()).toEqual([expect.stringContaining('Hospital SILENT')])
  const call = late.getByRole('link', { name: 'Bed desk +6653000002' })
  expect(await call.getAttribute('href')).toBe('tel:+6653000002')
  expect((await call.boundingBox())?.height).toBeGreaterThanOrEqual(24)
  expect((await fetch(`${hub.url}/api/late?area=50`)).status).toBe(401)

  await live(governor, '/province/50?lang=en')
  const named = governor.locator('[data-question=late]').getByRole('link', { name: /^Hospital SILENT\s+Bed desk/ })
  await named.waitFor(PAINTED)
  expect(await named.getAttribute('href')).toBe('tel:+6653000002')
})

it('the nation is ranked by provinces or by health regions, which the address keeps; a region leads to its wall', async () => {
  await live(command, '/wall?lang=en')
  const names = command.locator('.ranking-open')
  await names.filter({ hasText: 'Chiang Mai' }).waitFor(PAINTED)
  const before = await command.locator('.wall-panel[data-panel=ranking]').boundingBox()
  await command.keyboard.press('r')
  await names.filter({ hasText: 'Health region 1' }).first().waitFor(PAINTED)
  expect(await names.filter({ hasText: 'Chiang Mai' }).count()).toBe(0)
  expect(new URL(command.url()).searchParams.get('by')).toBe('region')
  expect(await command.locator('.wall-panel[data-panel=ranking]').boundingBox()).toEqual(before)
  await command.reload()
  await names.filter({ hasText: 'Health region 1' }).first().waitFor(PAINTED)
  const [value] = await command.locator('.ranking-value').allTextContents()
  await names.filter({ hasText: 'Health region 1' }).first().click()
  await command.waitForURL(/\/wall\/R01/, PAINTED)
  await command.getByRole('heading', { name: 'Health region 1', level: 1 }).waitFor(PAINTED)
  expect(await command.locator('.ranking-by').count()).toBe(0)
  expect(Number(value)).toBeGreaterThan(0)

  const phone = await (await browser.newContext({ viewport: PHONE })).newPage()
  await live(phone, '/wall?lang=th&by=region')
  await phone.locator('.ranking-open', { hasText: 'เขตสุขภาพที่ 13' }).waitFor(PAINTED)
  const buttons = phone.locator('.ranking-by button')
  for (const button of await buttons.all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24)
  }
  expect(await overX(phone)).toBeLessThanOrEqual(0)
  expect(await graveFaults(phone)).toEqual([])
  await buttons.first().click()
  await phone.locator('.ranking-open', { hasText: 'เชียงใหม่' }).waitFor(PAINTED)
  expect(new URL(phone.url()).searchParams.get('by')).toBeNull()
  await phone.context().close()
})

it('a definition opens from a tile, a legend and the head of a list, in both languages, and gives the focus back', async () => {
  await live(governor, '/province/50?lang=en')
  const title = tile(governor, /^Beds by level/).getByRole('button', { name: 'Beds by level' })
  await title.press('Enter')
  const dialog = governor.getByRole('dialog')
  await dialog.waitFor(PAINTED)
  for (const text of [
    'occupied ÷ staffed beds of the level',
    'watch ≥ 80 % · alarm ≥ 90 %',
    'Bed counts of facilities',
  ])
    expect(await dialog.textContent()).toContain(text)
  await governor.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => title.evaluate((button) => button === document.activeElement), PAINTED).toBe(true)

  await governor.locator('.legend').getByRole('button', { name: 'What this is' }).click()
  await dialog.getByText('Formula').first().waitFor(PAINTED)
  await governor.keyboard.press('Escape')

  await governor.goto(`${hub.url}/list?area=50&metric=late.cases&lang=th`)
  await governor.getByRole('heading', { name: /^ผู้ป่วยที่รายงานล่าช้า/ }).waitFor(PAINTED)
  await governor.locator('.list-title').getByRole('button', { name: 'คืออะไร' }).click()
  await dialog.getByText('แหล่งข้อมูล').waitFor(PAINTED)
  await governor.keyboard.press('Escape')
})

it('every number stands on the page of a province, and behind N on a wall, which a phone does not scroll sideways for', async () => {
  await live(governor, '/province/50?lang=en')
  const numbers = tile(governor, /^Every number/)
  const rt = numbers.locator('[data-indicator="cases.rt"]')
  await rt.waitFor(PAINTED)
  expect(await rt.textContent()).toMatch(/– a day is missing.*10 of 11 days/)
  expect(await numbers.locator('[data-indicator="claim.p90"]').textContent()).toContain('– none')
  expect(await numbers.locator('[data-indicator="positivity"]').textContent()).toContain('– not reported')
  await numbers
    .locator('[data-indicator="beds.staffed"]')
    .getByRole('link', { name: /level 3$/ })
    .click()
  await governor.getByText('together 40').waitFor(PAINTED)

  await live(command, '/wall?lang=en')
  await command.keyboard.press('n')
  const dialog = command.getByRole('dialog', { name: 'Every number' })
  await dialog.locator('[data-indicator="reporting.cases"]').waitFor(PAINTED)
  expect(await dialog.locator('[data-indicator="reporting.cases"]').textContent()).toContain('1 of 77 provinces')
  await command.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  const phone = await signedInPage(browser, hub.url, 'governor', undefined, PHONE)
  for (const language of ['th', 'en']) {
    await live(phone, `/province/50?lang=${language}`)
    await phone.locator('[data-indicator="reporting.sites"]').waitFor(PAINTED)
    expect(await overX(phone), `${language}: ${await widest(phone)}`).toBe(0)
  }
  await phone.context().close()
})

it('thresholds that command sets are live on a wall; one that can never be met is refused with a sentence', async () => {
  const wall = await browser.newPage({ viewport: WALL })
  await live(wall, '/wall/50?lang=en')
  const occupied = tile(wall, /^Beds by level/)
    .locator('tbody tr')
    .first()
  await expect.poll(() => occupied.textContent(), PAINTED).toContain('! 85 %')
  expect(await occupied.textContent()).not.toContain('!! 85 %')

  await command.goto(`${hub.url}/admin/thresholds?lang=en`)
  const alarm = command.locator('input[name="beds.occupancy.alarm"]')
  const form = command.locator('form.threshold', { has: alarm })
  await alarm.fill('84')
  await form.getByRole('button', { name: 'Set' }).click()
  await expect.poll(() => occupied.textContent(), PAINTED).toContain('!! 85 %')

  await alarm.fill('120')
  await form.getByRole('button', { name: 'Set' }).click()
  await form.getByText('This can never be met: the number lies between 0 and 1.').waitFor(PAINTED)
  const { rows } = await database.pool.query(`select watch, alarm from thresholds where indicator = 'beds.occupancy'`)
  expect(rows).toEqual([{ watch: 0.8, alarm: 0.84 }])
  await wall.close()
})

it('a day that nobody reported is marked in the curve as a break of its source, in words too', async () => {
  await live(governor, '/province/50?lang=en')
  const curve = tile(governor, /^New cases, 20 days/)
  await curve.getByText('break in the source').waitFor(PAINTED)
  expect(await curve.getByRole('img').getAttribute('aria-label')).toMatch(/Nobody has reported: \d+ \w+\.$/)
})

it('what came late and what was corrected stands beside cases, deaths and beds, and opens its list', async () => {
  await database.pool.query(
    `insert into cases (district, report_day, classification, source) select '5001', day - 3, 'confirmed', 'api' from operation;
     insert into cases (district, report_day, classification, outcome, outcome_day, source)
       select '5001', day - 4, 'confirmed', 'died', day - 3, 'api' from operation;
     insert into revisions (day, kind, subject, district, amount, revised_day) select day, 'corrected', 'beds', '5001', 4, day - 1 from operation`,
  )
  await live(governor, '/province/50?lang=en')
  const noted = (name: RegExp) => tile(governor, name).locator('.revised')
  await expect.poll(() => noted(/^New cases today/).getAttribute('title'), PAINTED).toBe('2 late')
  expect(await noted(/^Deaths/).getAttribute('title')).toBe('1 late')
  expect(await noted(/^Beds by level/).getAttribute('title')).toBe('4 corrected')
  await noted(/^Beds by level/)
    .getByRole('link')
    .click()
  await governor.getByRole('heading', { name: /^Corrections of beds/ }).waitFor(PAINTED)
  await governor.getByText('together 4').waitFor(PAINTED)
})

it('who has no account reads "< 5" of a district with three people, and never 0', async () => {
  const anyone = await browser.newPage({ viewport: WALL })
  await live(anyone, '/province/50?lang=en')
  const legend = anyone.locator('.legend')
  await legend.getByRole('rowheader', { name: '< 5 a day' }).waitFor(PAINTED)
  expect(await legend.getByText('not known').count()).toBe(0)
  await legend.getByRole('button', { name: /< 5 a day/ }).click()
  const dialog = anyone.getByRole('dialog', { name: '< 5 a day' })
  await dialog.waitFor(PAINTED)
  const areas = await dialog.getByRole('listitem').allTextContents()
  expect(areas.every((area) => area.endsWith('< 5 a day'))).toBe(true)
  await anyone.keyboard.press('Escape')
  const ranked = tile(anyone, /^Districts, highest first/).locator('.ranking-row:not(.ranking-head)')
  await expect.poll(() => ranked.locator('.ranking-value').allTextContents(), PAINTED).toEqual(['≥ 60'])
  await anyone.close()
})
