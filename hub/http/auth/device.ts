import { createHmac, randomBytes } from 'node:crypto'
import { cookieValue } from '../../authorize/pass.ts'
import type { CookieAttributes } from './cookies.ts'

/** Browsers keep no cookie longer. */
const DEVICE_S = 400 * 86_400
/** Accounts that one device is known to: a shared desk. The oldest makes room. */
const ACCOUNTS_MAX = 8
const NONCE = /^[A-Za-z0-9_-]{22}$/

export type DeviceCookie = {
  readonly name: string
  readonly attributes: CookieAttributes
  /** @returns the device's name when this account has signed in on it before */
  knownTo(cookies: string | undefined, account: string): string | undefined
  /** The cookie's value once this account has signed in on it. */
  add(cookies: string | undefined, account: string): string
}

/**
 * A device cookie (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): wrong passwords of strangers do not
 * slow down somebody who signs in where they have signed in before. It opens nothing and names nobody: a random name of
 * the device and one signature an account. It outlives the session, as a forgotten password often does.
 */
export function createDeviceCookie(secret: string, secure: boolean): DeviceCookie {
  const name = secure ? '__Host-jitasa.device' : 'jitasa.device'
  const sign = (nonce: string, account: string) =>
    createHmac('sha256', secret).update(`jitasa device\0${nonce}\0${account}`).digest('base64url').slice(0, 22)
  const read = (cookies: string | undefined): { nonce: string | undefined; marks: string[] } => {
    const [nonce = '', ...marks] = (cookieValue(cookies, name) ?? '').split('.')
    return NONCE.test(nonce) ? { nonce, marks: marks.slice(0, ACCOUNTS_MAX) } : { nonce: undefined, marks: [] }
  }
  return {
    name,
    attributes: { path: '/', httpOnly: true, secure, sameSite: 'lax', maxAge: DEVICE_S },
    knownTo(cookies, account) {
      const { nonce, marks } = read(cookies)
      return nonce !== undefined && marks.includes(sign(nonce, account)) ? nonce : undefined
    },
    add(cookies, account) {
      const { nonce = randomBytes(16).toString('base64url'), marks } = read(cookies)
      const mark = sign(nonce, account)
      return [nonce, mark, ...marks.filter((other) => other !== mark)].slice(0, ACCOUNTS_MAX + 1).join('.')
    },
  }
}
