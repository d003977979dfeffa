import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ROLES } from '../contract/vocabulary/roles.ts'
import type { Grant } from './grant.ts'

/** A pass is believed for this long without a database read; migration 0002 keeps revocations an hour longer. */
export const PASS_MS = 12 * 3_600_000
/** An HTTP request with an older pass is checked against the database and gets a new one. */
export const PASS_RENEW_MS = 3_600_000
/** Passes that are remembered, some 1 KB each: as many as a process may have sockets. The one opened first goes first. */
export const OPENED_MAX = 20_000
/** Bytes of the largest cookie value that is looked at. */
const PASS_BYTES_MAX = 2048

/** `session`: first half of the SHA-256 of its token, hex. Times: ms since 1970. */
export type Pass = { readonly grant: Grant; readonly session: string; readonly issuedAt: number }

const claims = z.tuple([
  z.uuid(),
  z.string().length(32),
  z.enum(['unbound', ...ROLES]),
  z.array(z.string()),
  z.number().int().nullable(),
  z.string(),
  z.number().int().min(0),
  z.boolean(),
  z.number(),
])

/** What is published and kept of a session in place of its token. The trigger of migration 0002 computes the same. */
export function hashSession(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32)
}

export function passKey(secret: string): Buffer {
  return createHmac('sha256', secret).update('jitasa pass 1').digest()
}

/** Of every cookie. Under https a browser takes it from this host alone, with Secure, for all paths. */
export function cookiePrefix(secure: boolean): string {
  return secure ? '__Host-jitasa' : 'jitasa'
}

export function passCookieName(secure: boolean): string {
  return `${cookiePrefix(secure)}.pass`
}

/** better-auth's cookie, by its prefix in hub/http/auth/better-auth.ts. */
export function sessionCookieName(secure: boolean): string {
  return `${cookiePrefix(secure)}.session_token`
}

/** Whether a session's cookie (`token.signature`) is the one a pass was made for: by the pass's own signature, without a database read. */
export function isOfSession(pass: Pass, sessionCookie: string): boolean {
  return hashSession(tokenOf(sessionCookie)) === pass.session
}

/** @param sessionCookie `token.signature` */
export function tokenOf(sessionCookie: string): string {
  const dot = sessionCookie.indexOf('.')
  return dot < 0 ? sessionCookie : sessionCookie.slice(0, dot)
}

/** @returns `claims.signature`, both base64url: safe in a cookie as it stands. */
export function sealPass(key: Buffer, { grant, session, issuedAt }: Pass): string {
  const { account, role, areas, facility, label, version, drill } = grant
  const body = Buffer.from(
    JSON.stringify([account, session, role, areas, facility, label, version, drill, issuedAt]),
  ).toString('base64url')
  return `${body}.${signature(key, body)}`
}

/** @returns `undefined` for anything that this hub has not sealed, or has sealed longer than PASS_MS ago. */
export function openPass(key: Buffer, text: string, now: number): Pass | undefined {
  const dot = text.indexOf('.')
  if (dot < 1 || text.length > PASS_BYTES_MAX) return undefined
  const body = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1))
  const expected = Buffer.from(signature(key, body))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const parsed = claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  if (!parsed.success) return undefined
  const [account, session, role, areas, facility, label, version, drill, issuedAt] = parsed.data
  if (!isBelieved(issuedAt, now)) return undefined
  return { grant: { account, role, areas, facility, label, version, drill }, session, issuedAt }
}

const isBelieved = (issuedAt: number, now: number): boolean =>
  now < issuedAt + PASS_MS && now >= issuedAt - PASS_RENEW_MS

/**
 * As openPass; remembers what it has opened. Who comes back after a cut, or asks over HTTP, shows the pass it showed
 * before, and checking a signature is a fifth of what a returning socket costs.
 */
export function passOpener(key: Buffer): (text: string, now: number) => Pass | undefined {
  const opened = new Map<string, Pass>()
  return (text, now) => {
    const known = opened.get(text)
    if (known !== undefined && isBelieved(known.issuedAt, now)) return known
    opened.delete(text)
    const pass = openPass(key, text, now)
    if (pass === undefined) return undefined
    // A copy: a part of a string keeps the whole alive, here the header with all its cookies.
    opened.set(Buffer.from(text, 'latin1').toString('latin1'), pass)
    if (opened.size > OPENED_MAX) opened.delete(opened.keys().next().value!)
    return pass
  }
}

function signature(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(body).digest('base64url')
}

/** The value of one cookie out of a `Cookie` header; the first of that name. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
