import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { startBrowser } from '../support/browser.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const PHONE = { width: 390, height: 844 }

let system: TestSystem
let browser: Browser

beforeAll(async () => {
  system = await startTestSystem()
  await createTestAccounts(system.database, [
    { username: 'nurse', role: 'triage', areas: ['50'], label: 'Nurse 1' },
    { username: 'rescue', role: 'responder', areas: ['50'], label: 'Rescue 1' },
    { username: 'chief', role: 'provincial_health', areas: ['50'], label: 'Health office 50' },
  ])
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  await system.stop()
})

async function signedIn(username: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, system.url, username)
  const page = await context.newPage()
  await page.goto(`${system.url}${path}?lang=en`)
  return page
}

/** @returns the page that follows the request */
async function askInBurmese(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: PHONE })).newPage()
  const next = () => page.locator('.form-actions button[type=submit]').click()
  await page.goto(`${system.url}/help?lang=my`)
  await page.locator('.form-actions .button-primary').first().click()
  await page.locator('input[value=food]').check()
  await next()
  await page.locator('input[value=fever]').check()
  await next()
  const lists = page.locator('[data-field=place] select')
  await lists.nth(0).selectOption('50')
  await lists.nth(1).locator('option[value="5001"]').waitFor({ state: 'attached' })
  await lists.nth(1).selectOption('5001')
  await next()
  await page.locator('input[type=tel]').fill('081 555 0199')
  await next()
  await page.locator('.help-consent input').check()
  await page.locator('.form-actions .button-primary').click()
  await page.locator('.help-code-text').waitFor()
  return page
}

const theCase = async () => (await system.database.pool.query('select * from cases order by id desc limit 1')).rows[0]

it('from a request in Burmese to a closed case, with four roles: person, nurse, responder, health office', async () => {
  const person = await askInBurmese()
  expect(await person.locator('html').getAttribute('lang')).toBe('my')
  const { id } = await theCase()

  const nurse = await signedIn('nurse', `/case/${id}`)
  await nurse.locator('[data-triage=yellow]').click()
  await expect.poll(async () => (await theCase()).severity, { timeout: 15_000 }).toBe('yellow')

  const rescue = await signedIn('rescue', '/board')
  const card = rescue.locator(`[data-case="${id}"]`)
  await card.locator('[data-move=claim]').click()
  await card.locator('[data-move=release]').waitFor()
  await card.locator('.board-card-head').click()
  await rescue.locator('[data-result=reached]').click()
  await expect.poll(async () => (await theCase()).contacted_at, { timeout: 15_000 }).not.toBeNull()
  await rescue.locator('select[name=place]').selectOption('hi')
  await rescue.locator('form:has(select[name=place]) button[type=submit]').click()
  await expect.poll(async () => (await theCase()).care_place, { timeout: 15_000 }).toBe('hi')

  const chief = await signedIn('chief', `/case/${id}`)
  await chief.locator('[data-action=close]').click()
  await chief.locator('[data-reason]').first().click()
  await expect.poll(async () => (await theCase()).stage, { timeout: 15_000 }).toBe('closed')

  await person.reload()
  await person.locator('.help-ended').waitFor({ timeout: 30_000 })
  expect(await person.locator('.help-ended').textContent()).toMatch(/[က-႟]/)
  const { rows } = await system.database.pool.query(
    'select distinct actor_label from case_events where case_id = $1 and actor_label is not null order by 1',
    [id],
  )
  expect(rows.map(({ actor_label }) => actor_label)).toEqual(
    expect.arrayContaining(['Health office 50', 'Nurse 1', 'Rescue 1']),
  )
})
