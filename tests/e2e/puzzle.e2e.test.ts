import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Puzzle } from '../../hub/contract/api/puzzle.ts'
import { message } from '../../hub/contract/refusals/messages.ts'
import type { Language } from '../../hub/contract/vocabulary/languages.ts'
import { browserPath, FLAGS } from '../support/browser.ts'
import { productionForFile } from '../support/for-file.ts'
import { chooseChiangMai } from '../support/help-form.ts'

/** A name that is no secure context: there is no WebCrypto. */
const NAME = 'jitasa.test'
/** A phone of the cheapest kind beside the machine of a developer; Chromium slows itself down. */
const TIMES_SLOWER = 10
const PHONE = { width: 390, height: 844 }
/** From the fourth request within a minute on, each has to solve a puzzle. */
const ABOVE = 3
const { hub, browser } = await productionForFile({
  env: { PUZZLE_ABOVE: String(ABOVE) },
  openBrowser: () =>
    chromium.launch({
      executablePath: browserPath(),
      args: [...FLAGS, `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
    }),
})
const url = `http://${NAME}:${hub.port}`

let context: BrowserContext
let page: Page
let errors: string[]
/** What the hub said to each time that this page sent its request. */
let answers: number[]

beforeEach(async () => {
  context = await browser.newContext({ viewport: PHONE })
  page = await context.newPage()
  errors = []
  answers = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/help') answers.push(response.status())
  })
})

afterEach(() => context.close())

/** Many people ask at this moment. */
async function rush(): Promise<void> {
  for (let i = 0; i < ABOVE; i++) {
    const { status } = await fetch(`${hub.url}/api/help`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `of-the-rush-${crypto.randomUUID()}` },
      body: JSON.stringify({
        ...{ language: 'th', consent: { given: true, version: '2026-11' }, needs: ['food'] },
        place: { area: '5001' },
      }),
    })
    expect([201, 428]).toContain(status)
  }
}

/** Fills in everything up to the last step, where only "send" is left. */
async function fillIn(language: string): Promise<void> {
  await page.goto(`${url}/help?lang=${language}`)
  const next = () => page.locator('.form-actions button[type=submit]').click()
  await page.locator('.form-actions .button-primary').first().click()
  await page.locator('input[value=oxygen]').check()
  await next()
  await next()
  await chooseChiangMai(page)
  await next()
  await page.locator('[data-field=phone] input[type=tel]').fill('081 555 0101')
  await next()
  await page.locator('.help-consent input').check()
}
const send = () => page.locator('.form-actions .button-primary').click()
const code = () => page.locator('.help-code-text')

/** The hub asks for what no phone solves. @param seconds for which it holds */
const askTooMuch = (seconds: number, language: Language) =>
  page.route('**/api/help', (route) =>
    route.fulfill({
      status: 428,
      json: {
        error: {
          code: 'puzzle_needed',
          message: message(language, 'puzzle_needed'),
          details: { puzzle: { challenge: 'x', bits: 32, seconds } satisfies Puzzle },
        },
      },
    }),
  )

describe('when many ask at once', () => {
  it('a phone over plain http solves its puzzle by itself, says so meanwhile, and has its code', async () => {
    await rush()
    await fillIn('th')
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: TIMES_SLOWER })
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    const sentAt: number[] = []
    page.on('request', (request) => request.url().endsWith('/api/help') && sentAt.push(performance.now()))
    await send()
    const checking = page.locator('.help-said .help-checking')
    await checking.waitFor()
    expect(await checking.locator('progress').count()).toBe(1)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    await code().waitFor()
    const ms = Math.round(sentAt[1]! - sentAt[0]!)
    console.info(`a puzzle, from the first request to the second, on a phone ${TIMES_SLOWER} times slower: ${ms} ms`)
    expect([answers, overflow, errors]).toEqual([[428, 201], 0, []])
  })

  it('what was kept without a network is solved when it is sent', async () => {
    await fillIn('my')
    await context.setOffline(true)
    await send()
    await page.locator('.help-waiting').waitFor()
    await rush()
    await context.setOffline(false)
    await code().waitFor()
    expect([answers, errors]).toEqual([[428, 201], []])
  })

  it('a phone that cannot solve it in time is told whom to call, in its language, and its form stands as it was', async () => {
    await rush()
    await fillIn('km')
    await askTooMuch(1, 'km')
    await send()
    const said = page.locator('.help-said .field-error')
    await said.waitFor()
    expect(await said.textContent()).toMatch(/1669.*1330/)
    expect(await page.locator('.call-foot a[href="tel:1669"]').count()).toBe(1)
    await page.unroute('**/api/help')
    await send()
    await code().waitFor()
    expect([answers, errors]).toEqual([[428, 428, 201], []])
  })

  it('the page can be left while it computes: nothing goes on behind it', async () => {
    await rush()
    await fillIn('en')
    await askTooMuch(300, 'en')
    await send()
    await page.locator('.help-checking').waitFor()
    await page.goto(`${url}/privacy`)
    await page.waitForTimeout(500)
    expect([answers, errors]).toEqual([[428], []])
  })
})
