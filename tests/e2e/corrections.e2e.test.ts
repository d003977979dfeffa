import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { type SmsGateway, startSmsGateway } from '../support/sms-gateway.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const PHONE = { width: 390, height: 844 }
const WISH = 'ឪពុកខ្ញុំមិនមែនលេខ 0898765432 ទេ'

let gateway: SmsGateway
let system: TestSystem
let browser: Browser
const contexts: BrowserContext[] = []

beforeAll(async () => {
  gateway = await startSmsGateway()
  system = await startTestSystem({ SMS_WEBHOOK_URL: gateway.url })
  browser = await startBrowser()
  await createTestAccounts(system.database, [
    { username: 'chief', role: 'district_chief', areas: ['5001'], label: 'District 5001' },
    { username: 'rescue', role: 'responder', areas: ['50'], label: 'Rescue 1' },
    { username: 'health', role: 'provincial_health', areas: ['50'], label: 'Provincial health (50)' },
    { username: 'dpo', role: 'administrator', areas: ['TH'], label: 'Data protection' },
  ])
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser.close()
  await system.stop()
  await gateway.stop()
})

async function pageOf(username?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  contexts.push(context)
  if (username !== undefined) await signInContext(context, system.url, username)
  return context.newPage()
}

/** Asks for help. @returns the tracking code */
async function askForHelp(phone: string): Promise<string> {
  const response = await fetch(`${system.url}/api/help`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      language: 'km',
      consent: { given: true, version: '2026-12', language: 'km' },
      phone,
      needs: ['food'],
      symptoms: ['fever'],
      place: { area: '500101' },
    }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { code: string }).code
}

/** Opens "Your data" in Khmer and shows that the phone is theirs. */
async function prove(page: Page, code: string, phone: string): Promise<void> {
  await page.goto(`${system.url}/help/status?lang=km#${code}`)
  const data = page.locator('.my-data')
  await data.locator('button').first().click()
  await data.locator('form button:not([type=submit])').click()
  await data.locator('input').fill(await gateway.digitsFor(phone.replace(/^0/, '')))
  await data.locator('form button[type=submit]').click()
  await page.locator('.my-data-deeds form').waitFor()
}

async function askForCorrection(page: Page): Promise<void> {
  await page.locator('.my-data-deeds form textarea').fill(WISH)
  await page.locator('.my-data-deeds form button[type=submit]').click()
  await page.locator('.my-data-correction[data-state=open]').first().waitFor()
}

/** What the page of the request says to whoever has its code alone. */
async function toldTo(page: Page, code: string): Promise<string[]> {
  await page.goto(`${system.url}/help/status?lang=km#${code}`)
  await page.reload()
  await page.locator('.my-data button').first().click()
  await page.locator('.my-data-correction').first().waitFor()
  return page.locator('.my-data-correction').allTextContents()
}

const rows = (page: Page) => page.locator('[data-correction]')
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
const stateOf = (page: Page) =>
  page.locator('.my-data-correction').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.state))

it('a correction goes from the person to the list of those who make it, is refused, and its reason is read in Khmer', async () => {
  const [person, chief] = [await pageOf(), await pageOf('chief')]
  const code = await askForHelp('0815550201')
  await prove(person, code, '0815550201')
  await askForCorrection(person)

  await chief.goto(`${system.url}/corrections?lang=en`)
  await rows(chief).waitFor()
  expect(await chief.locator('main, .desk').first().textContent()).not.toMatch(/0898765432|ឪពុក/)
  expect(await chief.locator('[data-open]').textContent()).toBe('1 open, 0 late')
  expect(await wide(chief)).toBeLessThanOrEqual(0)
  expect(await graveFaults(chief)).toEqual([])

  await chief.locator('[data-correction-deed=done]').dblclick()
  await rows(chief).waitFor({ state: 'detached' })
  expect(await chief.locator('.undo-text').textContent()).toMatch(/^Case \d+: corrected\.$/)
  await chief.locator('.undo-bar .button').click()
  await rows(chief).waitFor()

  // By keyboard alone.
  await chief.locator('[data-correction-deed=refuse]').focus()
  await chief.keyboard.press('Enter')
  await chief.locator('[data-reason=right_as_it_is]').focus()
  await chief.keyboard.press('Enter')
  await rows(chief).waitFor({ state: 'detached' })
  await chief.getByText('Nobody waits for a correction.').waitFor()
  await chief.locator('[data-show=closed]').click()
  await rows(chief).getByText('What is kept is right').waitFor()
  expect(await rows(chief).textContent()).toContain('refused by District 5001')
  expect(await wide(chief)).toBeLessThanOrEqual(0)

  const [told = ''] = await toldTo(person, code)
  expect(await stateOf(person)).toEqual(['refused'])
  expect(told).toContain('អ្វីដែលរក្សាទុកត្រឹមត្រូវហើយ')
  expect(told).not.toContain('District')
  expect(await wide(person)).toBeLessThanOrEqual(0)
})

it('whoever holds the case closes it where they work, and the person reads that it was made', async () => {
  const [person, rescue] = [await pageOf(), await pageOf('rescue')]
  const code = await askForHelp('0815550202')
  await prove(person, code, '0815550202')
  await askForCorrection(person)
  const { rows: made } = await system.database.pool.query<{ id: number }>(
    `select max(case_id)::int as id from data_requests where kind = 'correct'`,
  )
  await rescue.goto(`${system.url}/case/${made[0]?.id}?lang=en`)
  const panel = rescue.locator('[data-correction]')
  await panel.waitFor()
  expect(await panel.locator('button').count()).toBe(0)
  await rescue.locator('[data-move=claim]').first().click()
  await panel.locator('[data-correction-deed=done]').click()
  await panel.waitFor({ state: 'detached' })
  await rescue.locator('[data-event="case.correction_made"]').waitFor()
  expect(await toldTo(person, code)).toHaveLength(1)
  expect(await stateOf(person)).toEqual(['done'])
  expect(await person.locator('.my-data-correction').textContent()).not.toContain('Rescue')
})

it('who answers for the protection of data sees what is late everywhere, without a way into the case', async () => {
  await system.database.pool.query(
    `insert into data_requests (case_id, kind, asked_at) select max(id), 'correct', now() - interval '31 days' from cases`,
  )
  const dpo = await pageOf('dpo')
  await dpo.goto(`${system.url}/corrections?lang=th`)
  await rows(dpo).waitFor()
  expect(await dpo.locator('[data-late="1"]').count()).toBe(1)
  expect(await dpo.locator('.badge-alarm').textContent()).toBe('เกินกำหนด')
  expect(await dpo.locator('a[href^="/case/"]').count()).toBe(0)
  await dpo.locator('[data-correction-deed=done]').click()
  await rows(dpo).waitFor({ state: 'detached' })
  expect(await dpo.locator('[data-late="0"]').count()).toBe(1)
})

it.each(['en', 'th'])('the head of whoever may open the most pages covers nobody’s name: %s', async (language) => {
  const health = await pageOf('health')
  for (const width of [1500, 1920]) {
    await health.setViewportSize({ width, height: 1080 })
    await health.goto(`${system.url}/corrections?lang=${language}`)
    await health.locator('.site-nav a').last().waitFor()
    const { shown, who } = await health.evaluate(() => {
      const nav = document.querySelector('.site-nav')
      const last = nav?.lastElementChild?.getBoundingClientRect().right ?? 0
      const cut = nav !== null && getComputedStyle(nav).overflowX !== 'visible'
      const right = nav?.getBoundingClientRect().right ?? 0
      return {
        shown: cut ? Math.min(last, right) : last,
        who: document.querySelector('.account-who')?.getBoundingClientRect().left ?? 0,
      }
    })
    expect(shown).toBeGreaterThan(0)
    expect(shown, `${width}`).toBeLessThanOrEqual(who + 1)
  }
})
