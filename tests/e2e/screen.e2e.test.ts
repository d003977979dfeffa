import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
/** A screen hears at once that it is to show something else ([S8] holds that); where it missed it, it asks by itself twice a minute. */
const FOLLOWS = { timeout: 40_000 }

let admin: Page
let wall: Page

const { hub, browser } = await productionForFile({
  fill: async (database) => {
    await makeDeskAccount(database, 'admin', 'administrator', ['TH'])
    const hung = await makeDeskAccount(database, 'old-screen', 'screen', ['51'])
    await database.pool.query(
      `update accounts set seen_at = now() - interval '1 hour', name = 'Old wall' where id = $1`,
      [hung],
    )
  },
})

beforeAll(async () => {
  admin = await signedInPage(browser, hub.url, 'admin')
  wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage()
})

const screenRow = (name: string) => admin.getByRole('row', { name })
const liveWall = (kind: 'nation' | 'province') =>
  wall.locator(`.wall[data-subject=${kind}][data-freshness=live]`).waitFor(PAINTED)

it('a wall goes to the area it was approved for, in the language it was opened in', async () => {
  await wall.goto(`${hub.url}/screen?lang=th`)
  const code = wall.locator('.screen-code')
  await expect.poll(() => code.textContent(), PAINTED).toMatch(/^[A-Z0-9-]{6,}$/)
  await admin.goto(`${hub.url}/admin/screens?lang=en`)
  await admin.locator('input[name=code]').fill((await code.textContent()) ?? '')
  await admin.locator('input[name=screen]').fill('Hall left')
  await admin.getByLabel('Whole country').uncheck()
  await admin.getByRole('button', { name: 'Switch on' }).click()
  await admin.getByText('Choose an area').or(admin.locator('[aria-invalid=true]')).first().waitFor()
  await admin.locator('select[name=province]').selectOption('50')
  await admin.getByRole('button', { name: 'Switch on' }).click()
  await wall.waitForURL('**/wall/50?lang=th', PAINTED)
  await liveWall('province')
  expect(await wall.locator('html').getAttribute('lang')).toBe('th')
})

it('after a power cut it needs nobody: /screen leads on at once', async () => {
  await wall.goto(`${hub.url}/screen?lang=th`)
  await wall.waitForURL('**/wall/50?lang=th', PAINTED)
  await liveWall('province')
})

it('an administrator sees which screen is on and which is dark, and since when', async () => {
  await admin.reload()
  await screenRow('Hall left').getByText('on', { exact: true }).waitFor(PAINTED)
  expect(await screenRow('Hall left').getByText('dark').count()).toBe(0)
  await screenRow('Old wall').getByText('dark', { exact: true }).waitFor()
  expect(await screenRow('Old wall').textContent()).toMatch(/\d\d:\d\d/)
  await admin.goto(`${hub.url}/admin/screens?lang=th`)
  await screenRow('Old wall').getByText('จอดับ', { exact: true }).waitFor(PAINTED)
})

it('what a screen is told stands on it, and the list says that it has it; a reload brings it back by itself', async () => {
  await admin.goto(`${hub.url}/admin/screens?lang=en`)
  await screenRow('Hall left').getByText('1920 × 1080').waitFor(PAINTED)
  await admin.getByLabel('Choose Hall left').check()
  await admin.getByRole('button', { name: 'Message' }).click()
  await admin.getByRole('dialog').getByLabel('Text').fill('Shift change at 19:00')
  await admin.getByRole('dialog').getByRole('button', { name: 'Show it' }).click()
  await wall.locator('.wall-told', { hasText: 'Shift change at 19:00' }).waitFor(PAINTED)
  await screenRow('Hall left').getByText('Message: on the screen').waitFor(PAINTED)
  await wall.evaluate(() => document.body.classList.add('before'))
  await admin.getByRole('button', { name: 'Reload' }).click()
  await wall.locator('body:not(.before) .wall-told').waitFor(PAINTED)
  await screenRow('Hall left').getByText('Reload: on the screen').waitFor(PAINTED)
  await admin.getByRole('button', { name: 'Show its name' }).click()
  await wall.locator('.wall-identify', { hasText: 'Hall left' }).waitFor(PAINTED)
})

it('a screen whose area is changed goes there by itself', async () => {
  await admin.goto(`${hub.url}/admin/screens?lang=en`)
  await screenRow('Hall left').getByRole('button', { name: 'Change area' }).click()
  await admin.getByRole('dialog').getByLabel('Whole country').check()
  await admin.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await screenRow('Hall left').getByText('Whole country').waitFor(PAINTED)
  await wall.waitForURL('**/wall?lang=th', FOLLOWS)
  await liveWall('nation')
})

it('a running wall that loses all its cookies comes back as the same screen, without a hand', async () => {
  await wall.context().clearCookies()
  const isBack = async () => (await wall.context().cookies()).some(({ name }) => name.endsWith('session_token'))
  await expect.poll(isBack, FOLLOWS).toBe(true)
  await wall.waitForURL('**/wall?lang=th', PAINTED)
  await liveWall('nation')
  await admin.reload()
  await screenRow('Hall left').getByText('on', { exact: true }).waitFor(PAINTED)
  expect(await screenRow('Hall left').count()).toBe(1)
})

it('a screen that is switched off shows a code again', async () => {
  await screenRow('Hall left').getByRole('button', { name: 'Switch off' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
  await wall.waitForURL('**/screen?lang=th', FOLLOWS)
  await expect.poll(() => wall.locator('.screen-code').textContent(), PAINTED).toMatch(/^[A-Z0-9-]{6,}$/)
  expect(await wall.evaluate(() => localStorage.getItem('jitasa.screen-key'))).toBeNull()
})
