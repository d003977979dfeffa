import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { chooseChiangMai } from '../support/help-form.ts'
import { openTable, peopleIn } from '../support/people.ts'
import { type SmsGateway, startSmsGateway } from '../support/sms-gateway.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

/** CancelRequest.tsx */
const UNDO_MS = 8_000

let gateway: SmsGateway
let system: TestSystem
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  gateway = await startSmsGateway()
  system = await startTestSystem({ SMS_WEBHOOK_URL: gateway.url })
  browser = await startBrowser()
})

afterAll(async () => {
  await browser.close()
  await system.stop()
  await gateway.stop()
})

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  page = await context.newPage()
})

afterEach(() => context.close())

const next = () => page.locator('.form-actions button[type=submit]').click()
const send = () => page.locator('.form-actions .button-primary').click()

/** Fills in everything up to the last step, where only "send" is left. */
async function fillIn(language: string, phone: string, second = ''): Promise<void> {
  await page.goto(`${system.url}/help?lang=${language}`)
  await page.locator('.form-actions .button-primary').first().click()
  await page.locator('input[value=oxygen]').check()
  await page.locator('input[value=food]').check()
  await next()
  await page.locator('input[value=fever]').check()
  await next()
  await chooseChiangMai(page)
  await next()
  await page.locator('[data-field=phone] input[type=tel]').fill(phone)
  await page.locator('[data-field=secondPhone] input').fill(second)
  await next()
  await page.locator('.help-consent input').check()
}

/** The cases of whoever has this phone. */
async function casesOf(phone: string) {
  const { pool } = system.database
  const people = (await peopleIn(pool)).filter((one) => one.phone === phone).map(({ id }) => id)
  const { rows } = await pool.query<{
    id: number
    district: string
    severity: string
    heard: boolean
    language: string
  }>(
    `select c.id, c.district, c.severity, c.heard_at is not null as heard, p.language from cases c
     join case_private cp on cp.case_id = c.id join people p on p.id = cp.person_id where p.id = any ($1)`,
    [people],
  )
  return rows
}

const requests = async (): Promise<number> => {
  const { rows } = await system.database.pool.query<{ n: number }>('select count(*)::int as n from help_requests')
  return rows[0]?.n ?? 0
}

describe('a request in Burmese', () => {
  it('goes from the first screen to a confirmed phone, a status and a message', async () => {
    await fillIn('my', '၀၈၁ ၅၅၅ ၀၁၀၁', '089 765 4321')
    expect(await page.locator('html').getAttribute('lang')).toBe('my')
    await send()
    await page.locator('.help-code-text').waitFor()
    const code = (await page.locator('.help-code-text').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/)
    expect(page.url()).toBe(`${system.url}/help/status?lang=my&new=1#${code}`)
    expect(await page.locator('h1').textContent()).toMatch(/[က-႟]/)

    await page.locator('form:has(.help-digits) button:not([type=submit])').click()
    const digits = await gateway.digitsFor('815550101')
    const burmese = digits.replace(/\d/g, (digit) => String.fromCharCode(0x1040 + Number(digit)))
    await page.locator('.help-digits').fill(burmese)
    await page.locator('form:has(.help-digits) button[type=submit]').click()
    await page.locator('.help-verified').waitFor()

    await page.locator('form:has(textarea) textarea').fill('ပိုဆိုးလာသည်')
    await page.locator('form:has(textarea) button[type=submit]').click()
    await page.waitForFunction(() => document.querySelector('textarea')?.value === '')

    await page.goto(`${system.url}/help/${code.toLowerCase().replaceAll('-', '')}?lang=my`)
    await page.locator('.help-steps-line[data-done]').first().waitFor()
    expect(await page.locator('.help-need').count()).toBe(2)
    const [made] = await casesOf('+66815550101')
    expect(made).toMatchObject({ district: '5001', language: 'my' })
    expect(await peopleIn(system.database.pool)).toContainEqual(
      expect.objectContaining({ phone: '+66815550101', second_phone: '+66897654321' }),
    )
    expect(await openTable(system.database.pool, 'case_private')).toContainEqual(
      expect.objectContaining({ case_id: made?.id, notes: 'ပိုဆိုးလာသည်' }),
    )
  })

  it('whose code is wrong is told so in Burmese, at the field', async () => {
    await fillIn('my', '081 555 0102')
    await send()
    await page.locator('form:has(.help-digits) button:not([type=submit])').click()
    await page.locator('.help-digits').fill('000000')
    const right = await gateway.digitsFor('815550102')
    if (right === '000000') await page.locator('.help-digits').fill('000001')
    await page.locator('form:has(.help-digits) button[type=submit]').click()
    expect(await page.locator('form:has(.help-digits) .field-error').textContent()).toMatch(/[က-႟]/)
    expect(await page.locator('.help-digits').getAttribute('aria-invalid')).toBe('true')
  })
})

describe('your data', () => {
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  it('is shown, corrected, erased and kept after all by whoever has the phone, in Khmer, on a phone', async () => {
    await fillIn('km', '081 555 0109', '089 765 4329')
    await send()
    await page.locator('.help-code-text').waitFor()
    const data = page.locator('.my-data')
    await data.locator('button').first().click()
    await data.locator('form button:not([type=submit])').click()
    const digits = await gateway.digitsFor('815550109')
    await data.locator('input').fill(digits)
    await data.locator('form button[type=submit]').click()

    await page.locator('.my-data-copy button').click()
    await page.locator('.my-data-facts').waitFor()
    expect(await page.locator('.my-data-printed').textContent()).toContain('+66897654329')
    expect(await wide()).toBeLessThanOrEqual(0)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.my-data-copy .form-actions button').first().click(),
    ])
    expect(file.suggestedFilename()).toBe('jitasa-my-data.json')

    const correct = page.locator('.my-data-deeds form')
    await correct.locator('input').first().fill('សុខ')
    await correct.locator('button[type=submit]').click()
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.my-data-deeds form input')?.value === '',
    )
    const named = (await peopleIn(system.database.pool)).filter(({ phone }) => phone === '+66815550109')
    expect(named.map(({ full_name }) => full_name)).toEqual(['សុខ'])

    await page.locator('.my-data-deeds .button-danger').click()
    await page.locator('[role=alertdialog] .button-danger, [role=dialog] .button-danger').click()
    await page.locator('.my-data-erasure').waitFor()
    await page.locator('.my-data-deeds .button-primary').last().click()
    await page.locator('.my-data-erasure').waitFor({ state: 'detached' })
    expect(await wide()).toBeLessThanOrEqual(0)
  })

  it('the page about personal data is linked from the foot and says its rules in each language', async () => {
    for (const language of ['th', 'en', 'my', 'lo', 'km']) {
      await page.goto(`${system.url}/help?lang=${language}`)
      await page.locator('.form-foot a[href="/privacy"]').click()
      await page.locator('.privacy-rules dd').first().waitFor()
      expect(await page.locator('.privacy-rules').textContent()).toContain('180')
      expect(await page.locator('.privacy-parts dt').count()).toBe(6)
      expect(await wide()).toBeLessThanOrEqual(0)
    }
  })
})

describe('nothing is lost and nothing is doubled', () => {
  it('a reload in the middle keeps every field', async () => {
    await fillIn('km', '081 555 0103')
    await page.reload()
    await page.locator('.help-summary').waitFor()
    expect(await page.locator('.help-summary').textContent()).toContain('081 555 0103')
    expect(await page.locator('.help-consent input').isChecked()).toBe(true)
  })

  it('two presses of the button are one request', async () => {
    const before = await requests()
    await fillIn('lo', '081 555 0104')
    await page.locator('.form-actions .button-primary').dblclick()
    await page.locator('.help-code-text').waitFor()
    expect(await requests()).toBe(before + 1)
  })

  it('no network: it says that the request is kept, survives a reload, and sends one when the network is back', async () => {
    const before = await requests()
    await fillIn('th', '081 555 0105')
    let lost = 0
    await page.route('**/api/help', async (route) => {
      // The request arrives and its answer does not: the worst a bad line can do.
      if (lost === 0) await route.fetch()
      lost++
      await route.abort()
    })
    await send()
    await page.locator('.help-waiting').waitFor()
    await page.reload()
    await page.locator('.help-waiting').waitFor()
    await page.unroute('**/api/help')
    await page.locator('.help-waiting .button-primary').click()
    await page.locator('.help-code-text').waitFor()
    expect(lost).toBeGreaterThanOrEqual(2)
    expect(await requests()).toBe(before + 1)
  })
})

describe('errors', () => {
  it('stand at the field, take the focus, and are summed up for screen readers', async () => {
    await page.goto(`${system.url}/help?lang=en&step=needs`)
    await next()
    expect(await page.locator('[role=alert] .error-summary').textContent()).toContain('at least one thing')
    expect(await page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field'))).toBe(
      'needs',
    )
  })

  it('of the hub come back to the step and field they belong to', async () => {
    await fillIn('en', '081 555 0106')
    await page.route('**/api/help', (route) =>
      route.fulfill({
        status: 400,
        json: {
          error: {
            code: 'invalid_input',
            message: 'Please check what you filled in.',
            details: [{ in: 'json', path: 'phone', key: 'phone_invalid', message: 'This is not a phone number.' }],
          },
        },
      }),
    )
    await send()
    await page.locator('[data-field=phone] .field-error').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('tel')
  })

  it('a danger sign shows the emergency line at once', async () => {
    await page.goto(`${system.url}/help?lang=en&step=needs`)
    await page.locator('input[value=bed]').check()
    await next()
    expect(await page.locator('.emergency').count()).toBe(0)
    await page.locator('input[value=drowsy]').check()
    expect(await page.locator('.emergency a[href="tel:1669"]').isVisible()).toBe(true)
  })

  it('an unknown tracking code gets a clear word and a field for another', async () => {
    await page.goto(`${system.url}/help/status?lang=en#AAAA-AAAA-AAAAA`)
    await page.getByRole('alert').getByText('We do not find this request.').waitFor()
    expect(await page.locator('.help-code-input').isVisible()).toBe(true)
  })
})

it('a second person on the same phone is a second request; the very same again is told so, with a way on', async () => {
  const before = await requests()
  await fillIn('en', '081 555 0108')
  await send()
  await page.locator('.help-code-text').waitFor()
  await page.evaluate(() => sessionStorage.clear())
  await fillIn('en', '081 555 0108')
  await send()
  await page.getByText('You have already asked.').waitFor()
  expect(await page.locator('.help-code-text').count()).toBe(0)
  expect(await requests()).toBe(before + 1)
  await page.getByRole('button', { name: 'Ask for another person' }).click()
  await page.locator('[data-field=name] input').fill('Child')
  await next()
  await send()
  await page.locator('.help-code-text').waitFor()
  expect(await requests()).toBe(before + 2)
})

it('who gets worse says so by ticking it, and it counts', async () => {
  await fillIn('en', '081 555 0131')
  await send()
  await page.locator('.help-code-text').waitFor()
  await page.locator('[data-part=worse] summary').click()
  await page.locator('[data-part=worse] input[value=drowsy]').check()
  expect(await page.locator('form:has(textarea) .emergency a[href="tel:1669"]').isVisible()).toBe(true)
  await page.locator('[data-part=needs] summary').click()
  expect(await page.locator('[data-part=needs] input[value=oxygen]').count()).toBe(0)
  await page.locator('[data-part=needs] input[value=bed]').check()
  await page.locator('form:has(textarea) button[type=submit]').click()
  await page.getByText('Added. Whoever helps you sees it.').waitFor()
  expect(await page.locator('.help-need').count()).toBe(3)
  expect(await casesOf('+66815550131')).toMatchObject([{ severity: 'red', heard: true }])
})

it('no address that the browser asks for has the code, and an old one asks for no page before the code is behind the hash', async () => {
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''))
  await fillIn('en', '081 555 0110')
  await send()
  await page.locator('.help-code-text').waitFor()
  const code = (await page.locator('.help-code-text').textContent()) ?? ''
  await page.locator('.help-steps-line').first().waitFor()
  const has = (all: readonly string[]) => all.filter((url) => url.split('#')[0]?.includes(code))
  expect(asked.some((url) => url.endsWith('/api/help/status?language=en'))).toBe(true)
  expect(has(asked)).toEqual([])
  asked.length = 0
  await page.goto('about:blank')
  await page.goto(`${system.url}/help/${code}?lang=en`)
  await page.locator('.help-steps-line').first().waitFor()
  expect(page.url()).toBe(`${system.url}/help/status?lang=en#${code}`)
  expect(has(asked)).toEqual([`${system.url}/help/${code}?lang=en`])
})

it('on another phone a request is cancelled with the last digits of its number, and not with its code alone', async () => {
  await fillIn('en', '081 555 0111')
  await send()
  await page.locator('.help-code-text').waitFor()
  const code = (await page.locator('.help-code-text').textContent()) ?? ''
  const other = await browser.newContext({ viewport: { width: 390, height: 844 } })
  try {
    page = await other.newPage()
    await page.clock.install()
    await page.goto(`${system.url}/help/status?lang=en#${code}`)
    const cancel = async (digits: string) => {
      await page.locator('.help-cancel .form-link').click()
      await page.getByRole('dialog').getByRole('textbox').fill(digits)
      await page.getByRole('button', { name: 'Yes, cancel it' }).click()
    }
    await cancel('11')
    await page.getByRole('dialog').getByText('Please type 4 digits.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'No, keep it' }).click()
    await cancel('9999')
    await page.clock.runFor(UNDO_MS)
    await page.getByText('You can try 4 more times.').waitFor()
    await cancel('0111')
    await page.clock.runFor(UNDO_MS)
    await page.getByText('You cancelled this request.').waitFor()
  } finally {
    await other.close()
  }
})

it('a request is cancelled after the time to undo, and not when it is undone', async () => {
  await page.clock.install()
  await fillIn('en', '081 555 0107')
  await send()
  const ask = async () => {
    await page.locator('.help-cancel .form-link').click()
    await page.getByRole('button', { name: 'Yes, cancel it' }).click()
  }
  await page.locator('.help-code-text').waitFor()
  await ask()
  await page.getByRole('button', { name: 'Undo' }).click()
  await ask()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.clock.runFor(UNDO_MS / 2)
  expect(await page.getByText('You cancelled this request.').count(), 'not before its time').toBe(0)
  await page.clock.runFor(UNDO_MS / 2)
  await page.getByText('You cancelled this request.').waitFor()
})
