import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const SHIFT_MAX = 0.02

const { database, hub, browser, own } = await productionForFile({
  fill: async (database) => {
    const own = await makeFacility(database, 'T1', '5001')
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], own)
    await makeDeskAccount(database, 'rescue', 'responder', ['50'])
    await makeDeskAccount(database, 'pho', 'provincial_health', ['50'])
    return { own }
  },
})

let staff: Page
let rescue: Page
let pho: Page
beforeAll(async () => {
  staff = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
  rescue = await signedInPage(browser, hub.url, 'rescue', undefined, PHONE)
  pho = await signedInPage(browser, hub.url, 'pho', undefined, PHONE)
})

/** For somebody to look at; nothing is compared. */
const shot = async (name: string, on: Page) => {
  const { SHOTS } = process.env
  if (SHOTS) await on.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
}
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
const card = (page: Page) => page.locator('[data-resource]')

it('what a facility asks for is on the board at once; taken, delivered, and in its history, on phones', async () => {
  await watchShifts(rescue)
  await rescue.goto(`${hub.url}/board?province=50&tab=resources&lang=en`)
  await rescue.getByText('Nobody asks for resources here').waitFor(PAINTED)

  await staff.goto(`${hub.url}/facility/${own}?lang=th`)
  await staff.getByRole('tab', { name: 'ทรัพยากร' }).click(PAINTED)
  const form = staff.locator('.resource-form')
  await form.locator('select[name=kind]').selectOption('oxygen')
  await form.getByRole('button', { name: 'ส่งคำขอ' }).click(PAINTED)
  await form.getByText('จำนวนเต็ม 1 ถึง 100,000').waitFor(PAINTED)
  await form.getByLabel('จำนวน (ถัง)').fill('12')
  await form.getByLabel('ด่วน').check()
  await form.getByRole('button', { name: 'ส่งคำขอ' }).click(PAINTED)
  await staff.getByText('ส่งคำขอแล้ว: ออกซิเจน 12 ถัง').waitFor(PAINTED)
  await card(staff).getByText('ยังไม่มีผู้รับ').waitFor(PAINTED)
  expect(await sideways(staff)).toBe(false)
  expect(await graveFaults(staff)).toEqual([])
  await shot('resources-facility-390', staff)

  await card(rescue).getByText('Oxygen 12 cylinders').waitFor(PAINTED)
  await card(rescue).getByText('Hospital T1').waitFor(PAINTED)
  expect(await graveFaults(rescue)).toEqual([])
  expect(await sideways(rescue)).toBe(false)
  await card(rescue).locator('[data-move=claim]').click(PAINTED)
  await card(rescue).getByText('You are on it since').waitFor(PAINTED)
  await shot('resources-board-390', rescue)
  await card(rescue)
    .getByRole('button', { name: /^A part of it/ })
    .click(PAINTED)
  const part = card(rescue).locator('.resource-part')
  await part.locator('input').fill('12')
  await part.getByRole('button').click()
  await part.getByText('Less than 12').waitFor(PAINTED)
  await part.locator('input').fill('8')
  await part.getByRole('button').click()
  await card(rescue).getByText('Oxygen 4 cylinders').waitFor(PAINTED)
  await card(rescue).locator('[data-move=claim]').click(PAINTED)
  await card(rescue).getByText('You are on it since').waitFor(PAINTED)
  // Nearly four hours later its holder is warned, and keeps it.
  await database.pool.query(`update resources set claimed_at = claimed_at - interval '3 hours 45 minutes'`)
  await card(rescue).getByText('Your claim ends').waitFor(PAINTED)
  await card(rescue)
    .getByRole('button', { name: /^I am still on it/ })
    .click(PAINTED)
  await card(rescue)
    .getByText('Your claim ends')
    .waitFor({ state: 'detached', ...PAINTED })
  await card(rescue).locator('[data-move=deliver]').click(PAINTED)
  await rescue.getByText('Nobody asks for resources here').waitFor(PAINTED)
  expect((await shiftOf(rescue)).sum).toBeLessThanOrEqual(SHIFT_MAX)

  await staff.reload()
  await staff.getByRole('tab', { name: 'ทรัพยากร' }).click(PAINTED)
  await card(staff).getByText('ส่งมอบแล้ว').first().waitFor(PAINTED)
  await card(staff)
    .getByRole('button', { name: /^ประวัติ/ })
    .click(PAINTED)
  const history = staff.locator('.resource-history li')
  await expect.poll(() => history.count(), PAINTED).toBe(6)
  expect(await history.last().textContent()).toMatch(/T rescue ส่งมอบ 4/)
})

it('a community asks by its sub-district; a supervisor closes with the reason', async () => {
  await pho.goto(`${hub.url}/board?province=50&tab=resources&lang=en`)
  await pho.getByRole('button', { name: 'Ask for resources' }).click(PAINTED)
  const form = pho.locator('.resource-form')
  await form.locator('select[name=kind]').selectOption('food')
  await form.getByLabel('How many (meals)').fill('80')
  await expect.poll(() => form.locator('select[name=district] option').count(), PAINTED).toBeGreaterThan(5)
  await form.locator('select[name=district]').selectOption('5002')
  await expect.poll(() => form.locator('select[name=place] option').count(), PAINTED).toBeGreaterThan(2)
  await form.locator('select[name=place]').selectOption({ index: 1 })
  await form.getByRole('button', { name: 'Ask', exact: true }).click(PAINTED)
  await card(pho).getByText('Food 80 meals').waitFor(PAINTED)
  await card(pho)
    .getByRole('button', { name: /^Close/ })
    .click(PAINTED)
  await card(pho).getByRole('button', { name: 'Came from elsewhere' }).click(PAINTED)
  await expect.poll(() => card(pho).count(), PAINTED).toBe(0)
  const { rows } = await database.pool.query(
    `select status, reason, left(place, 4) as district, length(place) as at from resources where kind = 'food'`,
  )
  expect(rows).toEqual([{ status: 'closed', reason: 'from_elsewhere', district: '5002', at: 6 }])
})

it('the office plans doses of a site; the wall of the province says how much of the plan was reached', async () => {
  await pho.goto(`${hub.url}/facility/${own}?province=50&lang=en`)
  await pho.getByRole('tab', { name: 'Plan' }).click(PAINTED)
  const today = pho.locator('.plan-table input').first()
  await today.fill('40', PAINTED)
  await pho.getByRole('button', { name: 'Save the plan' }).click(PAINTED)
  await pho.getByText('The plan of 1 day is saved.').waitFor(PAINTED)
  expect(await sideways(pho)).toBe(false)
  expect(await graveFaults(pho)).toEqual([])
  await shot('plan-390', pho)
  await database.pool.query(
    `insert into vaccinations (district, day, dose, doses, facility_id, vaccine, target_group)
     select '5001', day, 1, 30, $1, 'pfizer', 'age60' from operation`,
    [own],
  )
  const province = await browser.newPage()
  await province.goto(`${hub.url}/province/50?lang=en`)
  await province.getByText('of the plan').waitFor(PAINTED)
  await expect
    .poll(() => province.locator('[data-indicator="doses.achieved"] dd').textContent(), PAINTED)
    .toContain('75 %')
  await expect
    .poll(() => province.locator('[data-indicator="doses.vaccine"] dd').textContent(), PAINTED)
    .toContain('Pfizer 30')
  await shot('province-plan', province)
  await province.close()
})
