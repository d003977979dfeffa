import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
import { peopleIn } from '../support/people.ts'
import { makeDeskAccount, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const SHIFT_MAX = 0.02

const { hub, database, browser } = await productionForFile({
  fill: async (database) => {
    await makeDeskAccount(database, 'first', 'hotline', ['50'])
    await makeDeskAccount(database, 'second', 'hotline', ['50'])
  },
})
const first = await signedInPage(browser, hub.url, 'first', undefined, { width: 1366, height: 768 })
const second = await signedInPage(browser, hub.url, 'second', undefined, PHONE)

/** For somebody to look at; nothing is compared. */
const shot = async (name: string, on: Page) => {
  const { SHOTS } = process.env
  if (SHOTS) await on.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
}
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
const card = (page: Page) => page.locator('[data-call]')

it('a lost call is on both desks at once, one agent takes it, and the request written while they speak ends it', async () => {
  await watchShifts(first)
  await first.goto(`${hub.url}/desk?lang=en`)
  await first.getByText('Nobody is waiting for a call').waitFor(PAINTED)
  await second.goto(`${hub.url}/desk?lang=th`)
  await second.getByText('ไม่มีใครรอสาย').waitFor(PAINTED)

  await second.getByText('บันทึกสายที่หลุด').click(PAINTED)
  await second.locator('[name=lost-phone]').fill('12')
  await second.getByRole('button', { name: 'บันทึกสาย', exact: true }).click(PAINTED)
  await second.getByRole('alert').first().waitFor(PAINTED)
  expect(await second.locator('[name=lost-phone]').getAttribute('aria-invalid')).toBe('true')
  await second.locator('[name=lost-phone]').fill('081 234 5678')
  await second.locator('[name=lost-language]').selectOption('my')
  await second.getByRole('button', { name: 'บันทึกสาย', exact: true }).click(PAINTED)
  await second.getByText(/อยู่ในรายการแล้ว/).waitFor(PAINTED)
  expect(await sideways(second)).toBe(false)
  expect(await graveFaults(second)).toEqual([])
  await shot('hotline-390-th', second)

  await card(first).getByText('To call back').waitFor(PAINTED)
  await card(first)
    .getByRole('button', { name: /^Take call/ })
    .click(PAINTED)
  await card(first).getByRole('link', { name: '+66812345678' }).waitFor(PAINTED)
  await card(first).getByRole('link', { name: /1422/ }).waitFor(PAINTED)
  await card(second).getByText('T first กำลังโทร').waitFor(PAINTED)
  expect(
    await card(second)
      .getByRole('button', { name: /รับสายนี้/ })
      .count(),
  ).toBe(0)
  expect((await shiftOf(first)).sum).toBeLessThanOrEqual(SHIFT_MAX)

  await card(first).getByRole('button', { name: 'Begin a request' }).click(PAINTED)
  const form = first.locator('.hotline-request')
  await expect.poll(() => form.locator('[name=language]').inputValue(), PAINTED).toBe('my')
  await form.getByRole('button', { name: 'Save the request' }).click(PAINTED)
  await form.getByText('Choose at least one need.').first().waitFor(PAINTED)
  await form.getByText('Oxygen', { exact: true }).click(PAINTED)
  if ((await form.getByLabel('District').count()) > 0) {
    await expect.poll(() => form.getByLabel('District').locator('option').count(), PAINTED).toBeGreaterThan(1)
    await form.getByLabel('District').selectOption('5001')
  }
  await shot('hotline-1366-en', first)
  expect(await graveFaults(first)).toEqual([])
  await form.getByRole('button', { name: 'Save the request' }).click(PAINTED)
  const said = first.getByText(/^Case \d+ is on the board/)
  await said.waitFor(PAINTED)
  await expect.poll(() => said.evaluate((note) => note.getBoundingClientRect().top >= 0), PAINTED).toBe(true)
  await first.getByText('Nobody is waiting for a call').waitFor(PAINTED)
  await second.getByText('ไม่มีใครรอสาย').waitFor(PAINTED)
  const { rows } = await database.pool.query(
    `select outcome, person_id as person, calls.language from calls join case_private on case_private.case_id = calls.case_id`,
  )
  expect(rows).toMatchObject([{ outcome: 'reached', language: 'my' }])
  expect(await peopleIn(database.pool)).toMatchObject([{ id: rows[0].person, phone: '+66812345678' }])
})

it('who calls again is recognised while their number is typed', async () => {
  const form = first.locator('.hotline-request')
  await form.getByLabel('Phone', { exact: true }).fill('0812345678')
  if ((await form.getByLabel('District').count()) > 0) await form.getByLabel('District').selectOption('5001')
  await form.getByText('May be the same person').waitFor(PAINTED)
  await form.getByRole('button', { name: 'Empty the form' }).click(PAINTED)
  await expect.poll(() => form.getByText('May be the same person').count(), PAINTED).toBe(0)
})
