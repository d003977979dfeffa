import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { WORKPLACES } from '../../dashboard/src/session/workplaces.ts'
import { freePort } from '../../db/postgres/cluster.ts'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility } from './desk-accounts.ts'

const PASSWORD = 'correct horse battery'
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1920, height: 1080 }

/** Where a new user of each role lands, and what the tab is called. */
const HOMES = [
  { role: 'volunteer', areas: ['50'], home: '/record', title: 'Record · Jitasa' },
  { role: 'responder', areas: ['50'], home: '/board', title: 'Board · Chiang Mai · Jitasa' },
  { role: 'facility_staff', areas: ['5001'], home: '/facility/', title: /Hospital HOME · Jitasa$/ },
  { role: 'district_chief', areas: ['5001'], home: '/province/50', title: 'Chiang Mai · Jitasa' },
  { role: 'governor', areas: ['50'], home: '/province/50', title: 'Chiang Mai · Jitasa' },
  { role: 'administrator', areas: ['TH'], home: '/admin/start', title: 'Start · Administration · Jitasa' },
  { role: 'auditor', areas: ['TH'], home: '/admin/audit', title: /· Jitasa$/ },
] as const

const { hub, browser } = await productionForFile({
  fill: async (database) => {
    const facility = await makeFacility(database, 'HOME', '5001')
    for (const { role, areas } of HOMES) {
      await makeDeskAccount(database, role, role, areas, role === 'facility_staff' ? facility : null)
    }
  },
  env: { PORT: String(await freePort()) },
})

async function signIn(role: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport })
  await context.addInitScript(() => localStorage.setItem('jitasa.language', 'en'))
  const page = await context.newPage()
  await page.goto(`${hub.url}/sign-in`)
  await page.locator('input[name=username]').fill(role)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  return page
}

const titled = (page: Page, title: string | RegExp) =>
  expect.poll(() => page.title(), PAINTED).toEqual(typeof title === 'string' ? title : expect.stringMatching(title))

it.each(HOMES)('after signing in, $role is at $home and every page it may use is one click away', async (who) => {
  const page = await signIn(who.role, DESK)
  await page.waitForURL((url) => url.pathname.startsWith(who.home), PAINTED)
  await titled(page, who.title)
  const nav = page.getByRole('navigation', { name: 'Pages' })
  await expect.poll(() => nav.getByRole('link').count(), PAINTED).toBe(WORKPLACES[who.role].length)
  const hrefs = await nav.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const titles = new Set<string>()
  for (const href of hrefs) {
    await page.goto(`${hub.url}${href}`)
    await expect.poll(() => page.title(), PAINTED).not.toBe('Jitasa จิตอาสา')
    expect(await page.getByText('Your account cannot open this page').count(), href).toBe(0)
    titles.add(await page.title())
  }
  expect(titles.size, [...titles].join(', ')).toBe(hrefs.length)
  await page.goto(hub.url)
  await page.locator('.start-entries a').first().waitFor(PAINTED)
  expect(await page.locator('.start-entries a').count()).toBe(hrefs.length)
  await page.context().close()
})

it('the head is a menu on a phone: opened with a key, closed with Escape, leads to another page', async () => {
  const page = await signIn('responder', PHONE)
  await page.waitForURL('**/board', PAINTED)
  const menu = page.getByRole('button', { name: 'Menu' })
  await menu.focus()
  await page.keyboard.press('Enter')
  const nav = page.getByRole('navigation', { name: 'Pages' })
  await nav.waitFor(PAINTED)
  await page.getByText('T responder').waitFor(PAINTED)
  await page.getByRole('button', { name: 'Sign out' }).waitFor(PAINTED)
  await page.keyboard.press('Escape')
  await nav.waitFor({ state: 'hidden', ...PAINTED })
  expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true)
  await menu.click()
  await nav.getByRole('link', { name: 'Record' }).click()
  await page.waitForURL('**/record', PAINTED)
  await titled(page, 'Record · Jitasa')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})
