import { type Grant, hashSession, PASS_MS, passCookieName, passKey, sealPass } from '../../authorize/index.ts'

export type PassCookie = {
  readonly name: string
  readonly attributes: {
    readonly path: '/'
    readonly httpOnly: true
    readonly secure: boolean
    readonly sameSite: 'lax'
    /** seconds */
    readonly maxAge: number
  }
  /** The cookie's value for a session, from now on. */
  seal(grant: Grant, sessionToken: string, now: number): string
}

/** Lax, not strict: a link in a message opens the board of somebody who is signed in; what changes state checks the origin. */
export function createPassCookie(secret: string, secure: boolean): PassCookie {
  const key = passKey(secret)
  return {
    name: passCookieName(secure),
    attributes: { path: '/', httpOnly: true, secure, sameSite: 'lax', maxAge: PASS_MS / 1000 },
    seal: (grant, token, now) => sealPass(key, { grant, session: hashSession(token), issuedAt: now }),
  }
}
