import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { FAILURES_PER_PLACE_MAX, LOCK_MS } from '../../db/queries/accounts-lockout.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { startBrowser } from '../support/browser.ts'
import { OIDC_CLIENT, startProvider, type TestProvider } from '../support/oidc-provider.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { makeDeskAccount } from './desk-accounts.ts'

const PASSWORD = 'correct horse battery'
const PAINTED = { timeout: 20_000 }
const BANGKOK_MS = 7 * 3_600_000
const MINUTE_MS = 60_000

let database: TestDatabase
let provider: TestProvider
let hub: ProductionHub
let browser: Browser
let page: Page

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  database = await createTestDatabase()
  await makeDeskAccount(database, 'responder', 'responder', ['50'])
  const left = await makeDeskAccount(database, 'left', 'responder', ['50'])
  await database.pool.query('update account_grants set disabled = true where account_id = $1', [left])
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  provider = await startProvider(`${publicUrl}/api/auth/callback/agency`)
  hub = await startProduction(database, {
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
    OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
    OIDC_NAME: 'Provincial ID',
  })
  browser = await startBrowser()
})

afterEach(async () => {
  await page.context().close()
})

afterAll(async () => {
  await browser?.close()
  await hub?.kill('SIGKILL')
  await provider?.stop()
  await database?.drop()
})

/** The sign-in page in a browser of its own, on a phone; the language was chosen before. */
async function open(language: 'en' | 'th', next = ''): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await context.addInitScript((chosen) => localStorage.setItem('jitasa.language', chosen), language)
  page = await context.newPage()
  // The provider's own pages ask for a web font, which no test fetches.
  await context.route(/fonts\.googleapis\.com/, (route) => route.abort())
  await page.goto(`${hub.url}/sign-in${next && `?next=${encodeURIComponent(next)}`}`)
}

async function send(login: string, password: string): Promise<void> {
  await page.locator('input[name=username]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await submit()
}

const submit = () => page.locator('button[type=submit]').click()
const says = (sentence: string | RegExp) => page.getByRole('alert').getByText(sentence).waitFor(PAINTED)
const filled = async () => [
  await page.locator('input[name=username]').inputValue(),
  await page.locator('input[name=password]').inputValue(),
]
/** `14:05` in Bangkok. */
const bangkokTime = (ms: number) => new Date(ms + BANGKOK_MS).toISOString().slice(11, 16)

it.each([
  ['en', 'User name or password is wrong. Check for capital letters and the keyboard language, then try again.'],
  ['th', 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์ใหญ่และภาษาของแป้นพิมพ์ แล้วลองอีกครั้ง'],
] as const)('a wrong password says so, the same for a login that nobody has (%s)', async (language, sentence) => {
  await open(language)
  for (const login of ['responder', `nobody-${language}`]) {
    await send(login, 'a wrong password')
    await says(sentence)
    expect(await filled()).toEqual([login, 'a wrong password'])
  }
  await send('responder', PASSWORD)
  await page.waitForURL('**/board', PAINTED)
})

it.each([
  ['en', /from here: try again after (\d\d:\d\d)/],
  ['th', /โปรดลองใหม่หลัง (\d\d:\d\d)/],
] as const)(
  'too many wrong passwords: the page says until when the login is locked (%s)',
  async (language, sentence) => {
    await open(language)
    for (let i = 0; i < FAILURES_PER_PLACE_MAX; i++) {
      const answered = page.waitForResponse('**/api/auth/sign-in')
      await send(`guesser-${language}`, `guess ${i}`)
      expect((await answered).status()).toBe(401)
      await page.getByRole('alert').waitFor(PAINTED)
    }
    const before = Date.now() + LOCK_MS
    await send(`guesser-${language}`, 'one more')
    await says(sentence)
    const [, until] = sentence.exec((await page.getByRole('alert').textContent()) ?? '') ?? []
    const minutes = [-1, 0, 1].map((minute) => bangkokTime(before + minute * MINUTE_MS))
    expect(minutes).toContain(until)
  },
)

it.each([
  ['en', 'The server cannot be reached.'],
  ['th', 'ติดต่อเซิร์ฟเวอร์ไม่ได้'],
] as const)(
  'a network that is gone: the page says so, keeps what was typed, and goes on from there (%s)',
  async (language, sentence) => {
    await open(language)
    await page.context().setOffline(true)
    await send('responder', PASSWORD)
    await says(new RegExp(sentence))
    expect(await filled()).toEqual(['responder', PASSWORD])
    await page.context().setOffline(false)
    await submit()
    await page.waitForURL('**/board', PAINTED)
  },
)

it('a disabled account is told so in its own language', async () => {
  await open('th')
  await send('left', PASSWORD)
  await says('บัญชีนี้ถูกปิดใช้งาน โปรดติดต่อผู้ดูแลระบบ')
})

/** Signs in at the provider's own pages and consents. */
async function throughProvider(subject: string): Promise<void> {
  await page.getByRole('button', { name: 'Provincial ID' }).click()
  await page.waitForURL(`${provider.issuer}/interaction/**`, PAINTED)
  await page.locator('input[name=login]').fill(subject)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

it('an officer comes in through the agency’s provider, to where they wanted to go, and needs a role there', async () => {
  await open('th', '/facility')
  await throughProvider('officer')
  await page.waitForURL(`${hub.url}/facility`, PAINTED)
  const session = await page.context().request.get(`${hub.url}/api/session`)
  expect(await session.json()).toMatchObject({ signedIn: true, role: 'unbound', account: { name: 'Agency officer' } })
  await page.getByText('คุณเข้าสู่ระบบในบทบาท: ยังไม่มีบทบาท').waitFor(PAINTED)

  await database.pool.query(
    `insert into account_grants (account_id, role, areas, label) select id, 'responder', '{50}', 'Agency' from accounts where email = $1`,
    ['officer@agency.example'],
  )
  await page.goto(`${hub.url}/board`)
  await page.locator('[data-freshness=live]').waitFor(PAINTED)
})

it('who turns back at the provider is told, and may sign in by password', async () => {
  await open('en')
  await page.getByRole('button', { name: 'Provincial ID' }).click()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.waitForURL(`${hub.url}/sign-in?**`, PAINTED)
  await says('Signing in through your agency did not work. Try again, or sign in by password.')
  await send('responder', PASSWORD)
  await page.waitForURL('**/board', PAINTED)
})

it('an agency’s person whose account is not known here is told what to do', async () => {
  await database.pool.query(`update accounts set email = 'taken@agency.example' where username = 'left'`)
  await open('th')
  await throughProvider('taken')
  await page.waitForURL(`${hub.url}/sign-in?**`, PAINTED)
  await says('ระบบนี้ไม่รู้จักบัญชีหน่วยงานของคุณ โปรดให้ผู้ดูแลระบบเชิญคุณ')
})
