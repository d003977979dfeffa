import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }

let office: Page

const { database, hub, browser, first } = await productionForFile({
  fill: async (database) => {
    const first = await makeFacility(database, 'T1', '5001')
    await makeFacility(database, 'T2', '1001')
    await makeDeskAccount(database, 'office', 'provincial_health', ['50'])
    await makeDeskAccount(database, 'national', 'national', ['TH'])
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], first)
    return { first }
  },
})

beforeAll(async () => {
  office = await signedInPage(browser, hub.url, 'office')
})

const shot = async (page: Page, name: string) => {
  const { SHOTS } = process.env
  if (SHOTS) await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
}
const one = async (text: string) => (await database.pool.query(text)).rows[0]

it('an office finds its own province’s facilities, and registers one by keyboard alone', async () => {
  await office.goto(`${hub.url}/facilities?lang=en`)
  await office.getByRole('rowheader', { name: 'Hospital T1' }).waitFor(PAINTED)
  expect(await office.getByText('Hospital T2').count()).toBe(0)
  await shot(office, 'registry-list')
  await office.getByRole('link', { name: 'Register a facility' }).focus()
  await office.keyboard.press('Enter')
  // The list that is left has a choice of the same name.
  await office.waitForURL(/\/facilities\/new/, PAINTED)
  await office.locator('input[name=nameTh]').waitFor(PAINTED)
  await office.locator('select[name=kind]').focus()
  await office.keyboard.type('Oxygen')
  await office.keyboard.press('Tab')
  await office.keyboard.type('จุดออกซิเจน วัดทดสอบ')
  await office.locator('input[name=code]').focus()
  await office.keyboard.type('123')
  await office.locator('[data-field=place] select').nth(1).selectOption('5007')
  await office.locator('input[name=hours]').focus()
  await office.keyboard.type('ทุกวัน 08.00-20.00 น.')
  await office.keyboard.press('Enter')
  await office.getByText('A hospital code has 5 digits').first().waitFor(PAINTED)
  await office.locator('input[name=code]').fill('')
  await office.locator('input[name=hours]').press('Enter')
  await office.waitForURL(/\/facilities\/\d+/, PAINTED)
  await expect
    .poll(() => one(`select kind, district, hours from facilities where kind = 'oxygen'`))
    .toEqual({
      kind: 'oxygen',
      district: '5007',
      hours: 'Mo-Su 08:00-20:00',
    })
  await office.getByText('Registered', { exact: true }).waitFor(PAINTED)
  await shot(office, 'registry-record')
})

it('who was slower is told who was faster, and loads it again', async () => {
  await office.goto(`${hub.url}/facilities/${first}?lang=en`)
  await office.locator('textarea[name=capacity]').fill('20 beds')
  const national = await signedInPage(browser, hub.url, 'national')
  await national.goto(`${hub.url}/facilities/${first}?lang=en`)
  await national.locator('textarea[name=address]').fill('1 Test Road')
  await national.getByRole('button', { name: 'Save' }).click()
  await national.getByText('it is on every screen now').waitFor(PAINTED)
  await office.getByRole('button', { name: 'Save' }).click()
  await office.getByText('T national changed this').waitFor(PAINTED)
  await office.getByRole('button', { name: 'Load it again' }).click()
  await expect.poll(() => office.locator('textarea[name=address]').inputValue(), PAINTED).toBe('1 Test Road')
  await national.context().close()
})

it('a file is looked at before it is written; bad rows are named in the language of the page', async () => {
  await office.goto(`${hub.url}/facilities?lang=th`)
  await office.getByRole('button', { name: 'นำเข้าไฟล์' }).click()
  const file = (text: string) => ({ name: 'facilities.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const input = office.locator('input[type=file]')
  await input.setInputFiles(file('kind,name_th,province,district\nzoo,ก,50,5001\n'))
  await office.getByText('ไม่รู้จักประเภท').waitFor(PAINTED)
  expect(await office.getByRole('button', { name: /^บันทึก/ }).count()).toBe(0)
  await office.goto(`${hub.url}/facilities?lang=en`)
  await office.getByRole('button', { name: 'Import a file' }).click()
  const many = Array.from({ length: 30 }, (_, i) => `ci,ศูนย์ ${i},50,5001`).join('\n')
  await input.setInputFiles(file(`kind,name_th,province,district\n${many}\n`))
  await office.getByText('30 to add · 0 to change · 0 as they are').waitFor(PAINTED)
  await shot(office, 'registry-preview')
  expect((await one(`select count(*)::int as n from facilities where kind = 'ci'`)).n).toBe(0)
  await office.getByRole('button', { name: 'Write 30 changes' }).click()
  await office.getByText('Written: 30 added, 0 changed.').waitFor(PAINTED)
  expect((await one(`select count(*)::int as n from facilities where kind = 'ci'`)).n).toBe(30)
})

it('the list is downloaded as a workbook, and read again changes nothing', async () => {
  await office.goto(`${hub.url}/facilities?lang=en`)
  const coming = office.waitForEvent('download')
  await office.locator('.registry-files').first().getByRole('link', { name: 'XLSX' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toBe('facilities-50.xlsx')
  await office.getByRole('button', { name: 'Import a file' }).click()
  const buffer = await readFile(await download.path())
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await office.locator('input[type=file]').setInputFiles({ name: 'a.xlsx', mimeType, buffer })
  await office.getByText('Nothing to change').waitFor(PAINTED)
})

it('closing is asked about, takes it off every screen, and is undone by reopening', async () => {
  const watching = await browser.newPage()
  await watching.goto(`${hub.url}/province/50?lang=en`)
  await watching.getByText('Hospital T1').first().waitFor(PAINTED)
  await office.goto(`${hub.url}/facilities/${first}?lang=en`)
  await office.getByRole('button', { name: 'Close', exact: true }).first().click()
  await office.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
  await office.getByText('This facility is closed.').waitFor(PAINTED)
  await expect.poll(() => watching.getByText('Hospital T1').count(), PAINTED).toBe(0)
  await office.getByRole('button', { name: 'Reopen' }).click()
  await watching.getByText('Hospital T1').first().waitFor(PAINTED)
  await watching.close()
})

it('two entries become one after a question', async () => {
  const { id } = await one(`select id from facilities where kind = 'ci' order by id limit 1`)
  await office.goto(`${hub.url}/facilities/${id}?lang=en`)
  await office.getByRole('button', { name: 'Merge a second entry' }).click()
  const dialog = office.getByRole('dialog')
  await dialog.locator('input[name=facility]').fill('Hospital T1')
  await dialog.locator('.facility-found button').first().click()
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await office.waitForURL(new RegExp(`/facilities/${first}$`), PAINTED)
  await office.getByText('Took over a second entry').waitFor(PAINTED)
  await office.goto(`${hub.url}/facilities/${id}?lang=en`)
  await office.getByText(`This entry was merged into no. ${first}.`).waitFor(PAINTED)
})

it('on a phone those who work there change hours and phones, and nothing else', async () => {
  const staff = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
  await staff.goto(`${hub.url}/facility/${first}?lang=en`)
  await staff.getByRole('link', { name: 'Opening hours and phones' }).click()
  await staff.locator('input[name=hours]').fill('24 ชั่วโมง')
  await staff.getByRole('button', { name: 'Add a phone' }).click()
  await staff.locator('input[name=phone0]').fill('12')
  await staff.getByRole('button', { name: 'Save' }).click()
  await staff.locator('[aria-invalid=true]').waitFor(PAINTED)
  await staff.locator('input[name=phone0]').fill('053 936 150')
  await staff.getByRole('button', { name: 'Save' }).click()
  await staff.getByText('it is on every screen now').waitFor(PAINTED)
  await shot(staff, 'registry-staff-phone')
  expect(await staff.locator('input[name=nameTh]').count()).toBe(0)
  expect(await staff.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect((await one(`select hours from facilities where id = ${first}`)).hours).toBe('24/7')
})

it('what cannot be loaded says so and offers to try again; another province’s is not there', async () => {
  await office.route('**/api/facilities?**', (route) => route.abort())
  await office.goto(`${hub.url}/facilities?lang=en`)
  await office.getByRole('button', { name: 'Try again' }).first().waitFor(PAINTED)
  await office.unroute('**/api/facilities?**')
  await office.getByRole('button', { name: 'Try again' }).first().click()
  await office.getByRole('rowheader', { name: 'Hospital T1' }).waitFor(PAINTED)
  const { id } = await one(`select id from facilities where code = 'T2'`)
  await office.goto(`${hub.url}/facilities/${id}?lang=en`)
  await office.getByText(/There is no facility/).waitFor(PAINTED)
})
