import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { createTestAccounts, signInContext } from './accounts.ts'
import { chooseChiangMai } from './help-form.ts'
import type { TestSystem } from './system.ts'

const PHONE = { width: 390, height: 844 }
const STEP = { timeout: 15_000 }

/** Somebody's browser session on a phone; with a username, signed in. */
async function onPhone(browser: Browser, system: TestSystem, target: string, username?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  if (username !== undefined) await signInContext(context, system.url, username)
  const page = await context.newPage()
  await page.goto(`${system.url}${target}`)
  return page
}

/** @returns the page that follows the request */
async function askInBurmese(page: Page): Promise<Page> {
  const next = () => page.locator('.form-actions button[type=submit]').click()
  await page.locator('.form-actions .button-primary').first().click()
  await page.locator('input[value=food]').check()
  await next()
  await page.locator('input[value=fever]').check()
  await next()
  await chooseChiangMai(page)
  await next()
  await page.locator('[data-field=phone] input[type=tel]').fill('081 555 0199')
  await next()
  await page.locator('.help-consent input').check()
  await page.locator('.form-actions .button-primary').click()
  await page.locator('.help-code-text').waitFor()
  return page
}

/**
 * From a request in Burmese to the closed case, with four roles in four browsers: the person, the nurse who triages, the
 * responder who claims, calls and finds a place of care, the health office that closes. Every step is read back from
 * PostgreSQL before the next one begins.
 * @returns the steps walked, by name, in ms
 */
export async function walkJourney(system: TestSystem, browser: Browser): Promise<Readonly<Record<string, number>>> {
  await createTestAccounts(system.database, [
    { username: 'nurse', role: 'triage', areas: ['50'], label: 'Nurse 1' },
    { username: 'rescue', role: 'responder', areas: ['50'], label: 'Rescue 1' },
    { username: 'chief', role: 'provincial_health', areas: ['50'], label: 'Health office 50' },
  ])
  const took: Record<string, number> = {}
  let beganAt = performance.now()
  const done = (step: string): void => {
    took[step] = Math.round(performance.now() - beganAt)
    beganAt = performance.now()
  }
  const theCase = async () => (await system.database.pool.query('select * from cases order by id desc limit 1')).rows[0]

  const person = await askInBurmese(await onPhone(browser, system, '/help?lang=my'))
  expect(await person.locator('html').getAttribute('lang')).toBe('my')
  const { id } = await theCase()
  done('ask')

  const nurse = await onPhone(browser, system, `/case/${id}?lang=en`, 'nurse')
  await nurse.locator('[data-triage=yellow]').click()
  await expect.poll(async () => (await theCase()).severity, STEP).toBe('yellow')
  done('triage')

  const rescue = await onPhone(browser, system, '/board?lang=en', 'rescue')
  const card = rescue.locator(`[data-case="${id}"]`)
  await card.locator('[data-move=claim]').click()
  await card.locator('[data-move=release]').waitFor()
  done('claim')
  await card.locator('.board-card-head').click()
  await rescue.locator('[data-result=reached]').click()
  await expect.poll(async () => (await theCase()).contacted_at, STEP).not.toBeNull()
  done('contact')
  await rescue.locator('select[name=place]').selectOption('hi')
  await rescue.locator('form:has(select[name=place]) button[type=submit]').click()
  await expect.poll(async () => (await theCase()).care_place, STEP).toBe('hi')
  done('place')

  const chief = await onPhone(browser, system, `/case/${id}?lang=en`, 'chief')
  await chief.locator('[data-action=close]').click()
  await chief.locator('[data-reason]').first().click()
  await expect.poll(async () => (await theCase()).stage, STEP).toBe('closed')
  done('close')

  await person.reload()
  await person.locator('.help-ended').waitFor({ timeout: 30_000 })
  expect(await person.locator('.help-ended').textContent()).toMatch(/[က-႟]/)
  done('told')
  const { rows } = await system.database.pool.query(
    'select distinct actor_label from case_events where case_id = $1 and actor_label is not null order by 1',
    [id],
  )
  expect(rows.map(({ actor_label }) => actor_label)).toEqual(
    expect.arrayContaining(['Health office 50', 'Nurse 1', 'Rescue 1']),
  )
  return took
}
