import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { browserPath, FLAGS } from '../support/browser.ts'
import { productionForFile } from '../support/for-file.ts'
import { totpCode } from '../support/totp.ts'
import { makeDeskAccount } from './desk-accounts.ts'

const PASSWORD = 'correct horse battery'
/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
/** A name that is no secure context, as another machine of the network sees the hub. */
const NAME = 'jitasa.test'
const port = await freePort()
const url = `http://localhost:${port}`

const { database, browser } = await productionForFile({
  env: { PORT: String(port) },
  fill: async (database) => {
    await makeDeskAccount(database, 'chief', 'governor', ['50'])
    await makeDeskAccount(database, 'admin', 'administrator', ['TH'])
    await makeDeskAccount(database, 'vhv', 'volunteer', ['50'])
    await database.pool.query(
      `update sign_in_rules set factor_from = '2020-01-01' where role in ('administrator', 'auditor', 'national', 'governor')`,
    )
  },
  openBrowser: () =>
    chromium.launch({
      executablePath: browserPath(),
      args: [...FLAGS, `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
    }),
})

async function device(): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: PHONE })
  await context.addInitScript(() => localStorage.setItem('jitasa.language', 'en'))
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, context }
}

async function typePassword(page: Page, login: string, at = url): Promise<void> {
  await page.goto(`${at}/sign-in`)
  await page.locator('input[name=username]').fill(login)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function addApp(page: Page, name: string): Promise<string[]> {
  await button(page, 'Add an authenticator app').click()
  await page.getByLabel('What you call it').fill(name)
  await button(page, 'Show the code to scan').click()
  await page.getByRole('img', { name: 'The square to scan with the app' }).waitFor(PAINTED)
  const key = await page.getByLabel('Or type this key into the app').inputValue()
  await page.getByLabel('The six digits that the app shows now').fill(totpCode(key, Date.now()))
  await button(page, 'Confirm').click()
  await page.getByText('They are shown this once.').waitFor(PAINTED)
  const codes = await page.locator('.account-codes code').allTextContents()
  await button(page, 'I have kept them').click()
  return codes
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await button(page, 'Add a passkey').click()
  await page.getByLabel('What you call it').fill(name)
  await button(page, 'Make the passkey').click()
  await page.locator('.account-list b').getByText(name).waitFor(PAINTED)
}

const leave = (page: Page) => page.context().clearCookies()
const isIn = (page: Page) => page.waitForURL((at) => !/^\/(?:sign-in|account)/.test(at.pathname), PAINTED)

describe('the life of a second factor, on a phone', () => {
  let chief: Page
  let codes: string[]
  beforeAll(async () => {
    chief = (await device()).page
  })

  it('a governor is led to set one up, whatever page they ask for, and gets recovery codes once', async () => {
    await chief.goto(`${url}/sign-in?next=${encodeURIComponent('/alerts')}`)
    await chief.locator('input[name=username]').fill('chief')
    await chief.locator('input[name=password]').fill(PASSWORD)
    await button(chief, 'Sign in').click()
    await chief.getByText('Your role needs a second factor. Set one up here').waitFor(PAINTED)
    expect(new URL(chief.url()).pathname).toBe('/account')
    // Another page does not open meanwhile: it leads back here.
    await chief.goto(`${url}/board`)
    await chief.getByText('Your role needs a second factor. Set one up here').waitFor(PAINTED)
    await chief.goto(`${url}/account?next=${encodeURIComponent('/alerts')}`)
    codes = await addApp(chief, 'my phone')
    expect(new Set(codes).size).toBe(8)
    await addPasskey(chief, 'this tablet')
    await chief.reload()
    await chief.getByText('8 left.').waitFor(PAINTED)
    expect(await chief.content()).not.toContain(codes[0]!)
  })

  it('shows a passkey at the next sign-in, and is in', async () => {
    await leave(chief)
    await typePassword(chief, 'chief')
    await button(chief, 'Use a passkey').click()
    await isIn(chief)
  })

  it('comes in elsewhere by a recovery code; the list of sessions shows it, and ends it', async () => {
    const { page: other } = await device()
    await typePassword(other, 'chief')
    await button(other, 'I have lost it: use a recovery code').click()
    await other.getByLabel('Recovery code').fill(codes[1]!)
    await button(other, 'Go on').click()
    await isIn(other)
    await other.goto(`${url}/board`)
    await other.locator('.site-head').waitFor(PAINTED)
    await chief.goto(`${url}/account`)
    const sessions = chief.locator('section', { has: chief.getByRole('heading', { name: 'Where you are signed in' }) })
    await sessions.getByText('recovery code').waitFor(PAINTED)
    // The one that set the factors up, the one that showed a passkey, and the other.
    expect(await sessions.getByText('Chrome · Linux').count()).toBe(3)
    await sessions.getByText('127.0.0.1').first().waitFor()
    const strange = sessions.locator('li', { hasText: 'recovery code' })
    await strange.getByRole('button', { name: /^End Chrome/ }).click()
    await chief.getByText('Ended.').waitFor(PAINTED)
    await other.reload()
    await other.waitForURL(/\/sign-in/, PAINTED)
  })
})

it('an administrator is asked again before a role changes, it goes on where it was, and resets lost factors', async () => {
  const { page } = await device()
  await typePassword(page, 'admin')
  await page.getByText('Your role needs a second factor').waitFor(PAINTED)
  await addPasskey(page, 'office key')
  await button(page, 'I have kept them').click()
  await database.pool.query(`update account_sessions set proven_at = now() - interval '11 minutes'`)
  await page.goto(`${url}/admin/accounts`)
  const manage = async (login: string) => {
    await page.locator('tr, li', { hasText: login }).getByRole('button', { name: 'Manage' }).first().click()
    await page.getByRole('dialog').waitFor(PAINTED)
  }
  await manage('vhv')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('Is it still you?').waitFor(PAINTED)
  await button(page, 'Use a passkey').click()
  await page.getByText('In force.').waitFor(PAINTED)
  await manage('chief')
  await button(page, 'Reset second factors').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset second factors' }).click()
  await page.getByText('2 second factors removed.').waitFor(PAINTED)
  const { page: again } = await device()
  await typePassword(again, 'chief')
  await again.getByText('Your role needs a second factor').waitFor(PAINTED)

  await page.goto(`${url}/admin/sign-in`)
  const triage = page.locator('form.threshold', { hasText: 'Triage' })
  await triage.locator('input[type=date]').fill('2031-01-01')
  await button(page, 'Set').first().waitFor(PAINTED)
  await triage.getByRole('button', { name: 'Set' }).click()
  await page.getByText(/: set\. It holds/).waitFor(PAINTED)
  const { rows } = await database.pool.query(`select factor_from from sign_in_rules where role = 'triage'`)
  expect(rows).toEqual([{ factor_from: new Date('2031-01-01T00:00:00+07:00') }])
})

it('over plain http, on a name that is no secure context, the page says so and offers the app', async () => {
  const { page } = await device()
  const insecure = `http://${NAME}:${port}`
  await typePassword(page, 'vhv', insecure)
  await isIn(page)
  await page.goto(`${insecure}/account`)
  await button(page, 'Add a passkey').click()
  await page.getByText('Passkeys do not work at this address').waitFor(PAINTED)
  await button(page, 'Cancel').click()
  expect(await addApp(page, 'my phone')).toHaveLength(8)
})
