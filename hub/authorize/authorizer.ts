import { RENEWED_MS } from '../../db/queries/session-standing.ts'
import type { Snapshot, Transaction } from '../situation/change.ts'
import type { Grant } from './grant.ts'
import { type AccessChange, createGrants } from './grants.ts'
import {
  cookieValue,
  isOfSession,
  PASS_RENEW_MS,
  type Pass,
  passCookieName,
  passKey,
  passOpener,
  sessionCookieName,
} from './pass.ts'

/**
 * Who sent a request, without a database read. `unknown`: there is a pass that does not hold (expired, revoked, or the
 * view is not there yet), and only the database can say more: over HTTP the hub asks it, a socket is a visitor's. `renewed`: its
 * session has just gone on under another token, which its browser is about to have: a socket is to come back with that.
 */
export type Identity =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'unknown'; readonly renewed?: true }
  | { readonly kind: 'known'; readonly pass: Pass; readonly grant: Grant; readonly renew: boolean }

export type Authorizer = {
  /** @param cookies the `Cookie` header */
  identify(cookies: string | undefined, now: number): Identity
  /** The account's grant as it is now, or `null` when its session or it has lost access: for a socket that is open. */
  current(pass: Pass): Grant | null
  /** Whether a session has gone on under another token. */
  renewed(pass: Pass): boolean
  /** @returns whose sockets must be looked at again, or `undefined`. */
  onTransaction(tx: Transaction): AccessChange | undefined
  onSnapshot(rows: Snapshot['rows']): void
}

export type AuthorizerOptions = { readonly secret: string; readonly secure: boolean }

export function createAuthorizer({ secret, secure }: AuthorizerOptions): Authorizer {
  const openPass = passOpener(passKey(secret))
  const cookie = passCookieName(secure)
  const sessionCookie = sessionCookieName(secure)
  const grants = createGrants()
  let ready = false

  function current(pass: Pass): Grant | null {
    if (grants.revoked(pass.session)) return null
    const newest = newer(pass.grant, grants.lookup(pass.grant.account))
    return newest === null || (newest.drill && grants.live) ? null : newest
  }

  return {
    identify(cookies, now) {
      const text = cookieValue(cookies, cookie)
      const session = cookieValue(cookies, sessionCookie)
      // A pass is believed beside its session's cookie only: it must not outlive a browser that was to forget.
      if (!text || !session) return { kind: 'anonymous' }
      const opened = openPass(text, now)
      const pass = opened !== undefined && isOfSession(opened, session) ? opened : undefined
      const grant = pass === undefined || !ready ? null : current(pass)
      if (pass === undefined) return { kind: 'unknown' }
      if (grant === null) {
        const at = grants.renewedAt(pass.session)
        return at !== undefined && now < at + RENEWED_MS ? { kind: 'unknown', renewed: true } : { kind: 'unknown' }
      }
      return { kind: 'known', pass, grant, renew: now >= pass.issuedAt + PASS_RENEW_MS }
    },
    current,
    renewed: (pass) => grants.renewedAt(pass.session) !== undefined,
    onTransaction: (tx) => grants.onTransaction(tx),
    onSnapshot(rows) {
      grants.reset(rows)
      ready = true
    },
  }
}

/** A pass may be newer than this process's view, which follows the stream: then the pass says more. */
function newer(claimed: Grant, seen: Grant | null | undefined): Grant | null {
  if (seen === undefined) return claimed
  return seen === null || seen.version >= claimed.version ? seen : claimed
}
