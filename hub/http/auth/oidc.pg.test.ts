import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, createBrowser, createPerson, startHub, type TestHub } from '../../../tests/security/hub.ts'
import { OIDC_CLIENT, STRONG, startProvider, type TestProvider } from '../../../tests/support/oidc-provider.ts'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/pg.ts'

const CALLBACK = 'http://localhost/api/auth/callback/agency'

let database: TestDatabase
let hub: TestHub
let provider: TestProvider

beforeAll(async () => {
  database = await createTestDatabase()
  provider = await startProvider(CALLBACK)
  hub = startHub({
    ...database,
    oidc: { issuer: provider.issuer, name: 'Agency sign-in', acrValues: [STRONG], ...OIDC_CLIENT },
  })
})
afterAll(async () => {
  await hub.stop()
  await provider.stop()
  await database.drop()
})

/** Follows the provider's pages as a browser would: signs in, consents. @returns where it sends the browser back to. */
async function throughProvider(start: string, subject: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(start)
  let init: RequestInit = {}
  for (let step = 0; step < 15; step++) {
    if (url.href.startsWith(CALLBACK)) return url
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url)
      init = {}
      continue
    }
    const page = await response.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1]
    if (action === undefined || prompt === undefined)
      throw new Error(`no form on ${url.pathname}: ${page.slice(0, 500)}`)
    url = new URL(action, url)
    init = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt, login: subject, password: 'any' }).toString(),
    }
  }
  throw new Error('the provider does not come to an end')
}

async function begin(browser: Browser): Promise<string> {
  const response = await browser.fetch('POST', '/api/auth/sign-in/oidc', { body: { returnTo: '/board' } })
  expect(response.status).toBe(200)
  return ((await response.json()) as { url: string }).url
}

async function signIn(subject: string): Promise<{ browser: Browser; landed: string }> {
  const browser = createBrowser(hub.fetch)
  const back = await throughProvider(await begin(browser), subject)
  const response = await browser.fetch('GET', back.pathname + back.search)
  expect(response.status).toBe(302)
  return { browser, landed: response.headers.get('location') ?? '' }
}

test('a person of an agency signs in, and may nothing more than anybody until an administrator binds a role', async () => {
  const { browser, landed } = await signIn('officer-1')
  expect(landed).toBe('/board')
  const me = await browser.me()
  expect(me).toMatchObject({ signedIn: true, role: 'unbound', areas: [] })
  expect(me.may).not.toContain('board.read')

  await createPerson(hub, 'admin', 'administrator')
  const admin = await hub.signIn('admin')
  const body = { role: 'responder', areas: ['50'] }
  expect((await admin.fetch('PUT', `/api/accounts/${me.account?.id}/role`, { body })).status).toBe(204)
  expect(await browser.me()).toMatchObject({ role: 'responder', areas: ['50'] })

  const again = await signIn('officer-1')
  expect((await again.browser.me()).account?.id, 'the same account the next time').toBe(me.account?.id)
})

test('the authorization request has PKCE, a state and a nonce', async () => {
  const url = new URL(await begin(createBrowser(hub.fetch)))
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  for (const name of ['state', 'nonce', 'code_challenge']) expect(url.searchParams.get(name), name).toBeTruthy()
})

test.each([
  ['plain-officer', { owes: 'set_up', ways: [] }],
  ['mfa-officer', null],
  ['strong-officer', null],
])('the provider is asked for a second factor, and believed when it says so: %s', async (subject, half) => {
  expect(new URL(await begin(createBrowser(hub.fetch))).searchParams.get('acr_values')).toBe(STRONG)
  const first = await signIn(subject)
  const id = (await first.browser.me()).account?.id
  await database.pool.query(
    `insert into account_grants (account_id, role, areas, label) values ($1, 'governor', '{50}', 'T')`,
    [id],
  )
  await database.pool.query(`update sign_in_rules set factor_from = now() where role = 'governor'`)
  const { browser } = await signIn(subject)
  expect(await browser.me()).toMatchObject({ signedIn: half === null, half })
  const { rows } = await database.pool.query(
    `select factor from account_sessions where account_id = $1 order by created_at desc limit 1`,
    [id],
  )
  expect(rows).toEqual([{ factor: half === null ? 'agency' : null }])
  await database.pool.query(`update sign_in_rules set factor_from = null`)
})

test('the hub keeps none of the provider’s tokens', async () => {
  const { rows } = await database.pool.query(
    `select access_token, refresh_token, id_token from account_credentials where provider = 'agency'`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toEqual({ access_token: null, refresh_token: null, id_token: null })
})

test('an answer is taken from the browser that asked, once', async () => {
  const browser = createBrowser(hub.fetch)
  const back = await throughProvider(await begin(browser), 'officer-2')
  const stranger = createBrowser(hub.fetch)
  const stolen = await stranger.fetch('GET', back.pathname + back.search)
  expect(stolen.headers.get('location')).toMatch(/^\/sign-in\?error=/)
  expect(await stranger.me()).toMatchObject({ signedIn: false })
  const forged = new URL(back)
  forged.searchParams.set('state', 'another')
  expect((await browser.fetch('GET', forged.pathname + forged.search)).headers.get('location')).toMatch(/error=/)
  expect(await browser.me()).toMatchObject({ signedIn: false })
})

test('an agency cannot take over an account by naming its e-mail address', async () => {
  const id = await createPerson(hub, 'owner', 'governor', { areas: ['50'] })
  await database.pool.query(`update accounts set email = 'owner@agency.example' where id = $1`, [id])
  const { browser, landed } = await signIn('owner')
  expect(landed).toMatch(/^\/sign-in\?error=account_not_linked/)
  expect(await browser.me()).toMatchObject({ signedIn: false })
})

test('a disabled account does not come in by this door either', async () => {
  const { browser } = await signIn('officer-3')
  const id = (await browser.me()).account?.id
  const admin = await hub.signIn('admin')
  await admin.fetch('PUT', `/api/accounts/${id}/role`, { body: { role: 'responder', areas: ['50'] } })
  await admin.fetch('PUT', `/api/accounts/${id}/disabled`, { body: { disabled: true } })
  const again = await signIn('officer-3')
  expect(again.landed).toMatch(/error=account_disabled/)
  expect(await again.browser.me()).toMatchObject({ signedIn: false })
})

test('somebody without an e-mail address is sent back with the reason', async () => {
  expect((await signIn('nobody-mail')).landed).toMatch(/^\/sign-in\?error=email_not_found/)
})

test('a redirect to a foreign site is refused', async () => {
  for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', 'board']) {
    const response = await hub.fetch('POST', '/api/auth/sign-in/oidc', { body: { returnTo } })
    expect(response.status, returnTo).toBe(400)
  }
})

test('without a provider there is none to sign in through', async () => {
  const without = startHub(database)
  try {
    expect((await without.fetch('POST', '/api/auth/sign-in/oidc', { body: {} })).status).toBe(404)
    expect((await without.fetch('GET', '/api/auth/callback/agency?code=1&state=2')).status).toBe(302)
  } finally {
    await without.stop()
  }
})
