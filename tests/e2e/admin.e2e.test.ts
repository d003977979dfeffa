import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const ENDS_MS_MAX = 1000

let admin: Page
let facility: number

const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await makeDeskAccount(database, 'admin', 'administrator', ['TH'])
    await makeDeskAccount(database, 'auditor', 'auditor', ['TH'])
    await makeDeskAccount(database, 'office', 'provincial_health', ['50'])
    facility = await makeFacility(database, '10713', '5001')
    await makeFacility(database, '13756', '1001')
  },
})

beforeAll(async () => {
  admin = await signedInPage(browser, hub.url, 'admin')
})

it('an administrator makes an account and disables it, and its session ends within a second', async () => {
  await admin.goto(`${hub.url}/admin/accounts?lang=en`)
  await admin.getByRole('button', { name: 'New account' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make the account' }).click()
  await dialog.getByText('Who is it?').waitFor()
  await dialog.getByLabel('Name', { exact: false }).first().fill('New volunteer')
  await dialog.locator('input[name=username]').fill('new-volunteer')
  await dialog.locator('select[name=province]').selectOption('50')
  await dialog.getByRole('button', { name: 'Add this area' }).click()
  await dialog.getByRole('button', { name: 'Make the account' }).click()
  const password = await dialog.locator('.desk-secret input').inputValue()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  // The issued password opens nothing but the choice of one's own.
  const volunteer = await (await browser.newContext()).newPage()
  await volunteer.goto(`${hub.url}/sign-in?lang=en`)
  await volunteer.locator('input[name=username]').fill('new-volunteer')
  await volunteer.locator('input[name=password]').fill(password)
  await volunteer.getByRole('button', { name: 'Sign in' }).click()
  const own = volunteer.getByLabel('Your new password')
  await own.fill('password12')
  await volunteer.getByRole('button', { name: 'Sign in' }).click()
  await volunteer.getByText('among those that are guessed first').waitFor()
  await own.fill('three words of my own')
  await volunteer.getByRole('button', { name: 'Sign in' }).click()
  await volunteer.waitForURL((url) => url.pathname !== '/sign-in')
  const isIn = async () => {
    const response = await volunteer.context().request.get(`${hub.url}/api/session`)
    return ((await response.json()) as { signedIn: boolean }).signedIn
  }
  expect(await isIn()).toBe(true)

  await admin.getByRole('button', { name: 'Manage New volunteer' }).click()
  await admin.getByRole('button', { name: 'Disable', exact: true }).click()
  await admin.getByText('Disable New volunteer?').waitFor()
  const began = Date.now()
  await admin.getByRole('dialog').getByRole('button', { name: 'Disable', exact: true }).click()
  while (await isIn()) expect(Date.now() - began).toBeLessThan(2 * ENDS_MS_MAX)
  const took = Date.now() - began
  console.log(`disabled → session over: ${took} ms`)
  expect(took).toBeLessThan(ENDS_MS_MAX)
})

it('an invitation is a link that works once', async () => {
  await admin.goto(`${hub.url}/admin/invitations?lang=en`)
  await admin.locator('select[name=role]').selectOption('auditor')
  await admin.getByLabel('Call-sign', { exact: false }).fill('Audit office 1')
  await admin.getByRole('button', { name: 'Make the link' }).click()
  const link = new URL(await admin.locator('.desk-secret input').inputValue())
  const guest = await browser.newPage()
  await guest.goto(`${hub.url}/invitation?lang=en${link.hash}`)
  await guest.locator('input[name=name]').fill('New auditor')
  await guest.locator('input[name=username]').fill('new-auditor')
  await guest.locator('input[name=password]').fill('correct horse battery')
  expect(guest.url()).not.toContain(link.hash)
  await guest.getByRole('button', { name: 'Make my account' }).click()
  await guest.getByText('Your account stands').waitFor()
  await guest.close()
})

it('an invitation for a province that was chosen and not added is for that province', async () => {
  await admin.goto(`${hub.url}/admin/invitations?lang=en`)
  await admin.locator('select[name=role]').selectOption('responder')
  await admin.locator('select[name=province]').selectOption('50')
  await admin.getByLabel('Call-sign', { exact: false }).fill('Rescue 50')
  await admin.getByRole('button', { name: 'Make the link' }).click()
  await admin.locator('.desk-secret input').waitFor()
  const { rows } = await database.pool.query(`select areas from invitations where label = 'Rescue 50'`)
  expect(rows).toEqual([{ areas: ['50'] }])
})

it('the day of the operation is set on a page, after a question, and is in the audit log', async () => {
  // The day of a live operation follows the calendar, within a minute.
  await database.pool.query(`update operation set kind = 'drill'`)
  await admin.goto(`${hub.url}/admin/operation?lang=en`)
  await admin.locator('input[name=day]').fill('2021-11-12')
  await admin.getByRole('button', { name: 'Set the day' }).click()
  await admin.getByText('Make Friday 12 November 2021 today, everywhere?').waitFor()
  await admin.getByRole('dialog').getByRole('button', { name: 'Set the day' }).click()
  await admin.locator('.operation-facts', { hasText: '12 November 2021' }).waitFor(PAINTED)
  const { rows } = await database.pool.query(
    `select day::text, (select count(*)::int from audit_log where action = 'operation.set_day') as audited from operation`,
  )
  expect(rows).toEqual([{ day: '2021-11-12', audited: 1 }])
})

it('a live operation is on the day of the calendar: the page says so, and offers no other day', async () => {
  await database.pool.query(`update operation set kind = 'live', day = (now() at time zone 'Asia/Bangkok')::date`)
  // The page reads what the hub has folded, once.
  const folded = async () => (await fetch(`${hub.url}/api/situation?scope=public:00`)).text()
  await expect.poll(folded, { timeout: 20_000 }).toContain('"live"')
  await admin.goto(`${hub.url}/admin/operation?lang=en`)
  await admin.getByText('A live operation is on the day of the calendar').waitFor(PAINTED)
  expect(await admin.locator('input[name=day]').isDisabled()).toBe(true)
  expect(await admin.getByRole('button', { name: 'Set the day' }).isDisabled()).toBe(true)
  await admin.locator('select[name=kind]').selectOption('drill')
  expect(await admin.locator('input[name=day]').isEnabled()).toBe(true)
  await database.pool.query(`update operation set kind = 'drill'`)
})

it('a wall shows a code, and goes on by itself when an administrator types it', async () => {
  const wall = await browser.newPage()
  await wall.goto(`${hub.url}/screen?lang=en`)
  const code = wall.locator('.screen-code')
  await expect.poll(() => code.textContent(), PAINTED).toMatch(/^[A-Z0-9-]{6,}$/)
  await admin.goto(`${hub.url}/admin/screens?lang=en`)
  await admin.locator('input[name=code]').fill((await code.textContent()) ?? '')
  await admin.locator('input[name=screen]').fill('War room left')
  await admin.getByRole('button', { name: 'Switch on' }).click()
  await admin.getByRole('rowheader', { name: 'War room left' }).waitFor()
  await wall.waitForURL('**/wall?lang=en', { timeout: 20_000 })
  await wall.close()
})

it('a hospital’s system gets a key that is shown once, reports beds with it, and is refused once it is revoked', async () => {
  await admin.goto(`${hub.url}/admin/start?lang=en`)
  await admin.getByRole('link', { name: 'API keys', exact: true }).click()
  await admin.getByRole('button', { name: 'Make the key' }).click()
  await admin.getByText('Whose system is it?').waitFor()
  await admin.getByText('At least one facility.').waitFor()
  await admin.locator('input[name=label]').fill('Hospital 10713, wards')
  await admin.locator('input[name=facility]').fill('10713')
  await admin.getByRole('button', { name: /Hospital 10713/ }).click()
  await admin.locator('select[name=days]').selectOption('30')
  await admin.getByRole('button', { name: 'Make the key' }).click()
  const key = await admin.locator('.desk-secret input').inputValue()
  expect(key).toMatch(/^jitasa_[0-9a-f]{12}_[\w-]{43}$/)
  const line = admin.getByRole('row').filter({ hasText: 'Hospital 10713, wards' })
  await line.getByText('never yet').waitFor()
  expect(await line.getByRole('link', { name: 'Hospital 10713' }).getAttribute('href')).toBe(`/facilities/${facility}`)
  expect(await line.getByRole('listitem').first().textContent()).toBe('Report beds')

  const report = (to: number) =>
    fetch(`${hub.url}/api/facilities/${to}/beds`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': randomUUID(),
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        sourceAt: new Date().toISOString(),
        levels: [{ level: '3', staffed: 10, available: 3, occupied: 7 }],
      }),
    })
  expect((await report(facility)).status).toBe(200)
  expect((await report(facility + 1)).status).toBe(403)
  await admin.reload()
  await line.waitFor(PAINTED)
  expect(await line.textContent()).not.toContain('never yet')
  expect(await admin.locator('body').textContent()).not.toContain(key)

  await line.getByRole('button', { name: 'Revoke' }).click()
  await admin.getByText('Revoke the key of Hospital 10713, wards?').waitFor()
  expect((await report(facility)).status).toBe(200)
  await admin.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await line.getByText('revoked').waitFor()
  expect((await report(facility)).status).toBe(401)
  expect(await line.getByRole('button', { name: 'Revoke' }).count()).toBe(0)
})

it('a provincial office makes keys for its own province, and is offered nothing else', async () => {
  const office = await signedInPage(browser, hub.url, 'office', undefined, { width: 390, height: 844 })
  await office.goto(`${hub.url}/admin?lang=en`)
  await office.getByRole('link', { name: 'API keys', exact: true }).first().click()
  await office.waitForURL('**/admin/keys**')
  await office.locator('input[name=facility]').waitFor(PAINTED)
  await office.getByRole('button', { name: /Hospital 10713/ }).waitFor(PAINTED)
  expect(await office.getByRole('button', { name: /Hospital 13756/ }).count()).toBe(0)
  await office.locator('select[name=reach]').selectOption('areas')
  expect(await office.locator('select[name=reach] option').count()).toBe(2)
  await expect
    .poll(() => office.locator('select[name=province] option').allTextContents())
    .toEqual(['Choose', 'Chiang Mai'])
  await office.locator('select[name=province]').selectOption('50')
  await office.locator('input[name=label]').fill('Health office 50')
  await office.getByRole('button', { name: 'Make the key' }).click()
  await office.locator('.desk-secret input').waitFor()
  expect(await office.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  const { rows } = await database.pool.query(`select areas, actions from api_keys where label = 'Health office 50'`)
  expect(rows).toEqual([{ areas: ['50'], actions: ['facility.report'] }])
  await office.context().close()
})

it('an auditor has the audit log, and nothing else', async () => {
  const auditor = await signedInPage(browser, hub.url, 'auditor')
  await auditor.goto(`${hub.url}/admin?lang=en`)
  await auditor.waitForURL('**/admin/audit')
  const line = auditor.getByRole('row').filter({ hasText: 'Disabled an account' })
  await line.waitFor()
  // Names, days and words: no code and no id that only a machine can read.
  expect(await line.textContent()).toMatch(/\d{4} \d\d:\d\d.*Test admin.*Disabled an account.*New volunteer/)
  expect(await auditor.locator('table').textContent()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  await line.getByRole('button', { name: /Test admin/ }).click()
  await auditor.getByText('Only Test admin').waitFor()
  await auditor.locator('select[name=action]').selectOption('account.invite')
  await line.waitFor({ state: 'detached' })
  await auditor.locator('select[name=action]').selectOption('key.create')
  await auditor
    .getByText(/^API key [0-9a-f]{12}$/)
    .first()
    .waitFor()
  expect(await auditor.getByRole('link', { name: 'Accounts' }).count()).toBe(0)
})

it('the provincial office sets what its people at home are owed, and gives it back to the nation', async () => {
  const office = await signedInPage(browser, hub.url, 'office')
  await office.setViewportSize({ width: 390, height: 844 })
  await office.goto(`${hub.url}/admin/care?lang=th`)
  const green = office.locator('form[data-severity=green]')
  await green.locator('input[name="green.call"]').fill('0', PAINTED)
  await green.getByText('ต้องโทรอย่างน้อยวันละครั้ง').waitFor(PAINTED)
  await green.locator('input[name="green.call"]').fill('3')
  await green.locator('input[name="green.medicine"]').check()
  await green.getByRole('button', { name: 'กำหนด', exact: true }).click()
  await green.getByText('จังหวัดกำหนดเอง').waitFor(PAINTED)
  const owed = async (area: string) =>
    (
      await database.pool.query(
        `select item, times_per_day from care_defaults where area = $1 and severity = 'green' order by item`,
        [area],
      )
    ).rows
  expect(await owed('50')).toContainEqual({ item: 'call', times_per_day: 3 })
  expect(await owed('TH')).toContainEqual({ item: 'call', times_per_day: 2 })
  expect(await office.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await green.getByRole('button', { name: 'ใช้ตามส่วนกลาง' }).click()
  await green.getByText('ตามส่วนกลาง', { exact: true }).waitFor(PAINTED)
  expect(await owed('50')).toEqual([])
  await office.context().close()
})
