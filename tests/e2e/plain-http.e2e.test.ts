import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { browserPath, FLAGS } from '../support/browser.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { chooseChiangMai } from '../support/help-form.ts'
import { recordRequest, signInHere, unsentNow } from '../support/record-page.ts'
import { makeDeskAccount, makeFacility } from './desk-accounts.ts'

/** A name that is no secure context, as another machine of the network sees the hub: loopback names are secure. */
const NAME = 'jitasa.test'
const PHONE = { width: 390, height: 844 }

const { database, hub, browser, facility, made } = await productionForFile({
  fill: async (database) => {
    await createTestAccounts(database, [
      { username: 'rescue-1', role: 'responder', areas: ['50'], label: 'Rescue 1' },
      { username: 'vhv', role: 'volunteer', areas: ['5001'], label: 'VHV 5001' },
    ])
    const facility = await makeFacility(database, 'T1', '5001')
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], facility)
    const made = await openCases(database, 2)
    return { facility, made }
  },
  openBrowser: () =>
    chromium.launch({
      executablePath: browserPath(),
      args: [...FLAGS, `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
    }),
})
const url = `http://${NAME}:${hub.port}`

/** A phone on which somebody is signed in; it knows the hub by its insecure name alone. */
async function phone(login?: string): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const context = await browser.newContext({ viewport: PHONE })
  if (login !== undefined) {
    // Playwright's own requests know nothing of the browser's host rules: signed in by address, cookies moved.
    await signInContext(context, hub.url, login)
    const cookies = await context.cookies()
    await context.clearCookies()
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, domain: NAME })))
  }
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, context, errors }
}

describe('over plain http, on a name that is no secure context', () => {
  it('somebody asks for help and gets a code', async () => {
    const { page, context, errors } = await phone()
    await page.goto(`${url}/help?lang=en`)
    expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto])).toEqual([false, false])
    await page.locator('.form-actions .button-primary').first().click()
    await page.locator('input[value=oxygen]').check()
    await page.locator('.form-actions button[type=submit]').click()
    await page.locator('.form-actions button[type=submit]').click()
    await chooseChiangMai(page)
    await page.locator('.form-actions button[type=submit]').click()
    await page.locator('[data-field=phone] input[type=tel]').fill('081 555 0101')
    await page.locator('.form-actions button[type=submit]').click()
    await page.locator('.help-consent input').check()
    await page.locator('.form-actions .button-primary').click()
    await page.locator('.help-code-text').waitFor()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })

  it('a volunteer signs in, records, and is told what this address cannot do', async () => {
    const { page, context, errors } = await phone()
    await page.goto(`${url}/record?lang=en`)
    await signInHere(page, 'vhv')
    await page.getByText('This address is not secure (http)').waitFor()
    await recordRequest(page, 'Test')
    await expect.poll(() => unsentNow(page), { timeout: 20_000 }).toBe(0)
    expect(errors).toEqual([])
    await context.close()
  })

  it('a hospital reports its beds, and they are stored', async () => {
    const { page, context, errors } = await phone('staff')
    await page.goto(`${url}/facility/${facility}?lang=en`)
    await page.locator('input[name="3.available"]').fill('3')
    await page.locator('input[name="3.occupied"]').fill('7')
    await page.locator('[data-action=report-beds]').click()
    await page.locator('.desk-done').waitFor()
    const { rows } = await database.pool.query(`select available, occupied from beds where level = '3'`)
    expect(rows).toEqual([{ available: 3, occupied: 7 }])
    expect(errors).toEqual([])
    await context.close()
  })

  it('a responder claims on the board, live, and opens the case', async () => {
    const { page, context, errors } = await phone('rescue-1')
    await page.goto(`${url}/board?lang=en`)
    const need = page.locator(`[data-need="${made[0]?.need}"]`)
    await need.locator('[data-move=claim]').click()
    await need.locator('[data-move=release]').waitFor()
    await page.goto(`${url}/case/${made[0]?.case}?lang=en`)
    await page.locator(`[data-need="${made[0]?.need}"] [data-move=release]`).click()
    await page.locator(`[data-need="${made[0]?.need}"] [data-move=claim]`).waitFor()
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('the emergency numbers of /help', () => {
  const numbers = (page: Page) => page.locator('a[href="tel:1669"]:visible, a[href="tel:1330"]:visible').count()

  it('stay when no script arrives', async () => {
    const { page, context } = await phone()
    await page.route('**/*.js', (route) => route.abort())
    await page.goto(`${url}/help?lang=my`)
    expect(await numbers(page)).toBe(2)
    await context.close()
  })

  it('stay when the page itself does not arrive, after the reload that looks for it too', async () => {
    const { page, context } = await phone()
    await page.route('**/assets/HelpPage*.js', (route) => route.abort())
    await page.goto(`${url}/help?lang=en`)
    await page.getByRole('alert').waitFor()
    expect(await numbers(page)).toBe(2)
    await context.close()
  })

  it('stay when the page breaks in the middle', async () => {
    const { page, context } = await phone()
    await page.addInitScript(() => {
      crypto.getRandomValues = () => {
        throw new Error('broken on purpose')
      }
    })
    await page.goto(`${url}/help?lang=en`)
    await page.getByRole('alert').getByText('This did not work').waitFor()
    expect(await numbers(page)).toBe(2)
    await context.close()
  })
})
