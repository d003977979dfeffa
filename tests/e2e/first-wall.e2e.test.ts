import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const PAINTED = { timeout: 20_000 }

const { database, hub, browser } = await productionForFile()

/** What a person does with their fingers: presses, and fields that are filled in. */
let taps = 0
const tap = async (place: Locator) => {
  taps++
  await place.click(PAINTED)
}
const type = async (place: Locator, text: string) => {
  taps++
  await place.fill(text, PAINTED)
}
const pick = async (place: Locator, value: string) => {
  taps++
  await place.locator(`option[value="${value}"]`).waitFor({ state: 'attached', ...PAINTED })
  await place.selectOption(value)
}

/** In the machine's own terminal, as the README says. @returns the password that is printed once */
async function firstAdministrator(): Promise<string> {
  const args = ['create-user', '--role', 'administrator', '--username', 'admin', '--generate']
  const { stdout, stderr } = await promisify(execFile)(
    path.join(ROOT, 'node_modules/.bin/node'),
    [path.join(ROOT, 'hub/admin/main.ts'), ...args],
    { env: { ...process.env, DATABASE_URL: database.url, AUTH_DATABASE_URL: database.authUrl } },
  )
  const password = /password[^:\n]*:\s*(\S+)/i.exec(stdout + stderr)?.[1]
  if (password === undefined) throw new Error(`no password in: ${stdout}${stderr}`)
  return password
}

async function signIn(page: Page, login: string, password: string, own: string): Promise<void> {
  await page.goto(`${hub.url}/sign-in?lang=en`)
  await type(page.locator('input[name=username]'), login)
  await type(page.locator('input[name=password]'), password)
  await tap(page.getByRole('button', { name: 'Sign in' }))
  const next = page.getByLabel('Your new password')
  await next.or(page.locator('.site-head, .desk-tabs').last()).first().waitFor(PAINTED)
  if (!(await next.isVisible())) return
  await type(next, own)
  await tap(page.getByRole('button', { name: 'Sign in' }))
}

const context = async (size = { width: 1280, height: 900 }) => (await browser.newContext({ viewport: size })).newPage()

it('from an empty production database to a live wall, without SQL', async () => {
  const from = performance.now()
  const password = await firstAdministrator()
  const admin = await context()
  await signIn(admin, 'admin', password, 'three words of my own')
  const step = (name: string) => admin.locator(`[data-step=${name}]`)
  const isDone = async (name: string) => {
    await admin.goto(`${hub.url}/admin/start?lang=en`)
    await expect.poll(() => step(name).getAttribute('data-done'), PAINTED).toBe('true')
  }
  await admin.waitForURL('**/admin/start**', PAINTED)
  await isDone('operation')
  for (const name of ['facilities', 'accounts', 'reports', 'screens']) {
    expect(await step(name).getAttribute('data-done'), name).toBe('false')
  }

  await tap(step('facilities').getByRole('link'))
  await tap(admin.getByRole('link', { name: 'Register a facility' }))
  await type(admin.locator('input[name=nameTh]'), 'รพ. นครพิงค์ทดสอบ')
  await type(admin.locator('input[name=nameEn]'), 'Test Hospital')
  const lists = admin.locator('[data-field=place] select')
  await pick(lists.nth(0), '50')
  await pick(lists.nth(1), '5001')
  await tap(admin.getByRole('button', { name: 'Save' }))
  await admin.waitForURL(/\/facilities\/\d+/, PAINTED)
  await isDone('facilities')

  await tap(step('accounts').getByRole('link'))
  await tap(admin.getByRole('button', { name: 'New account' }))
  const dialog = admin.getByRole('dialog')
  await type(dialog.getByLabel('Name', { exact: false }).first(), 'Bed desk')
  await type(dialog.locator('input[name=username]'), 'bed-desk')
  await pick(dialog.locator('select[name=role]'), 'facility_staff')
  await type(dialog.locator('input[name=facility]'), 'Test Hospital')
  await tap(dialog.locator('.facility-found button').first())
  await tap(dialog.getByRole('button', { name: 'Make the account' }))
  const issued = await dialog.locator('.desk-secret input').inputValue(PAINTED)
  await isDone('accounts')

  const staff = await context({ width: 390, height: 844 })
  await signIn(staff, 'bed-desk', issued, 'four words of their own')
  await staff.waitForURL(/\/facility\/\d+/, PAINTED)
  await staff.goto(`${staff.url().split('?')[0]}?lang=en`)
  for (const [name, value] of [
    ['3.staffed', '6'],
    ['3.available', '4'],
    ['3.occupied', '2'],
  ] as const) {
    await type(staff.locator(`input[name="${name}"]`), value)
  }
  await tap(staff.getByRole('button', { name: 'Report beds' }))
  await staff.getByText('It is on the walls now').waitFor(PAINTED)
  await isDone('reports')

  const wall = await context({ width: 1920, height: 1080 })
  await wall.goto(`${hub.url}/screen?lang=en`)
  await expect.poll(() => wall.locator('.screen-code').textContent(), PAINTED).toMatch(/^[A-Z0-9-]{6,}$/)
  await tap(step('screens').getByRole('link'))
  await type(admin.locator('input[name=code]'), (await wall.locator('.screen-code').textContent()) ?? '')
  await type(admin.locator('input[name=screen]'), 'Hall left')
  await tap(admin.getByLabel('Whole country'))
  await pick(admin.locator('select[name=province]'), '50')
  await tap(admin.getByRole('button', { name: 'Switch on' }))
  await wall.waitForURL('**/wall/50?lang=en', PAINTED)
  await wall.locator('.wall[data-freshness=live]').waitFor(PAINTED)
  await expect.poll(() => wall.locator('.beds-table').textContent(), PAINTED).toMatch(/4/)
  await isDone('screens')
  console.info(
    `empty production to first live number: ${taps} taps and fields, ${Math.round((performance.now() - from) / 1000)} s`,
  )
  expect(taps).toBeLessThan(45)
}, 180_000)
