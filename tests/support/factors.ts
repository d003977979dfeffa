import { expect } from 'vitest'
import { type Browser, createBrowser, PASSWORD, type TestHub } from '../security/hub.ts'
import { createAuthenticator } from './authenticator.ts'
import { totpCode } from './totp.ts'

/** An answer's body, as the test knows it to be. */
export const json = async <T>(response: Response) => (await response.json()) as T
type Options = { readonly options: { readonly challenge: string } }

/** What people do with second factors at a hub whose clock the test moves. */
export function factorsAt(hub: TestHub, clock: { at: number }) {
  const prove = (browser: Browser, body: unknown) => browser.fetch('POST', '/api/session/proof', { body })
  return {
    async enter(login: string, address = '198.51.100.1'): Promise<Browser> {
      const browser = createBrowser(hub.fetch)
      const response = await browser.fetch('POST', '/api/auth/sign-in', {
        body: { login, password: PASSWORD },
        address,
      })
      expect(response.status).toBe(200)
      return browser
    },
    half: async (browser: Browser) => (await json<{ half: unknown }>(await browser.fetch('GET', '/api/session'))).half,
    async setUpApp(browser: Browser) {
      const { key } = await json<{ key: string }>(
        await browser.fetch('POST', '/api/factors/totp', { body: { name: 'my phone' } }),
      )
      const code = totpCode(key, clock.at)
      const confirmed = await browser.fetch('POST', '/api/factors/totp/confirm', { body: { code } })
      expect(confirmed.status).toBe(200)
      return { key, ...(await json<{ recoveryCodes: string[] }>(confirmed)) }
    },
    async setUpPasskey(browser: Browser, passkey = createAuthenticator()) {
      const { options } = await json<Options>(await browser.fetch('POST', '/api/factors/passkey/options'))
      const body = { name: 'my laptop', response: passkey.create(options) }
      return { passkey, response: await browser.fetch('POST', '/api/factors/passkey', { body }) }
    },
    prove,
    byApp: (browser: Browser, code: string) => prove(browser, { by: 'totp', code }),
    async byPasskey(browser: Browser, passkey: ReturnType<typeof createAuthenticator>) {
      const asked = await browser.fetch('POST', '/api/session/proof/passkey/options')
      const { options } = await json<Options>(asked)
      return browser.fetch('POST', '/api/session/proof/passkey', { body: { response: passkey.get(options) } })
    },
    /** to the next code that was not used before */
    nextStep() {
      clock.at += 30_000
    },
  }
}

/** What is demanded of a new installation; the tests' own demands nothing. */
export const DEMANDED = `update sign_in_rules set factor_from = '2020-01-01' where role in ('administrator', 'auditor', 'national', 'governor')`
