import type { Grant } from '../../authorize/grant.ts'
import { hashSession, PASS_MS, passCookieName, passKey, sealPass } from '../../authorize/pass.ts'

export type CookieAttributes = {
  readonly path: '/'
  readonly httpOnly: true
  readonly secure: boolean
  readonly sameSite: 'lax'
  /** seconds; without it the cookie ends with the browser */
  readonly maxAge?: number
}

export type PassCookie = {
  readonly name: string
  /** `remember`: as the session's cookie, whether it outlives the browser */
  attributes(remember: boolean): CookieAttributes
  /** The cookie's value for a session, from now on. */
  seal(grant: Grant, sessionToken: string, now: number): string
}

/** Set by better-auth beside a session that ends with the browser. */
const DONT_REMEMBER = 'jitasa.dont_remember='

export function isRemembered(cookies: string | null): boolean {
  return cookies?.includes(DONT_REMEMBER) !== true
}

/** Lax, not strict: a link in a message opens the board of somebody who is signed in; what changes state checks the origin. */
export function createPassCookie(secret: string, secure: boolean): PassCookie {
  const key = passKey(secret)
  return {
    name: passCookieName(secure),
    attributes: (remember) => ({
      path: '/',
      httpOnly: true,
      secure,
      sameSite: 'lax',
      ...(remember && { maxAge: PASS_MS / 1000 }),
    }),
    seal: (grant, token, now) => sealPass(key, { grant, session: hashSession(token), issuedAt: now }),
  }
}
