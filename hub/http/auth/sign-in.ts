import type { AccountRow } from '../../../db/queries/accounts.ts'
import {
  findByLogin,
  passwordHashOf,
  renewPasswordHash,
  setPassword,
  signInEmail,
} from '../../../db/queries/accounts.ts'
import { audit, type Trail } from '../../../db/queries/accounts-audit.ts'
import { clearAttempts, takeAttempt } from '../../../db/queries/accounts-lockout.ts'
import { accountOfSession } from '../../../db/queries/accounts-sessions.ts'
import { noteAddress } from '../../../db/queries/session-standing.ts'
import { cookieValue, hashSession, sessionCookieName } from '../../authorize/pass.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { type Accounts, isSecure } from './accounts.ts'
import { refusalOfLibrary } from './errors.ts'
import { isGuessed } from './own-words.ts'
import { hashPassword, isWeakHash } from './passwords.ts'

export type SignIn = {
  /** an e-mail address or user name */
  readonly login: string
  readonly password: string
  /** the person's own password, in place of one that was issued to them */
  readonly next?: string | undefined
  /** false: the session ends with the browser */
  readonly remember: boolean
}

export type SignInContext = {
  readonly address: string
  readonly trail: Trail
  readonly now: Date
  readonly headers: Headers
}

export type SignInResult =
  | {
      readonly kind: 'in'
      readonly account: AccountRow
      readonly cookies: readonly string[]
      readonly device: string
      readonly token: string
    }
  | { readonly kind: 'locked'; readonly until: Date }

const busy = () => new ApiError('busy', undefined, { retryAfter: 5 })

/** better-auth hashes the password for an address nobody has, too: so an unknown login takes as long as a wrong password. */
const NOBODY = 'nobody@no-mail.invalid'

/**
 * Signs somebody in by password. What fails is counted: it locks the address out of this login for a while, and makes
 * others who are strangers to the account wait in line.
 * @throws ApiError 401 for a wrong password and a login that does not exist alike, 403 for an account that may not come
 * in, 400 for a new password not to choose, 503 when too many passwords are being checked
 */
export async function signIn(accounts: Accounts, given: SignIn, context: SignInContext): Promise<SignInResult> {
  const { db, secret, better, device, passwordChecks, strangers } = accounts
  const account = await findByLogin(db, given.login)
  const known = account && device.knownTo(context.headers.get('cookie') ?? undefined, account.id)
  const attempt = { login: given.login, place: known ?? context.address, known: known !== undefined }
  const taken = await takeAttempt(db, secret, attempt, context.now)
  if (taken.kind === 'locked') {
    await record(accounts, context, 'session.locked_out', account)
    return { kind: 'locked', until: taken.until }
  }
  if (!(await strangers.wait(given.login.trim().toLowerCase(), taken.strangers))) throw busy()
  const enter = (password: string) =>
    passwordChecks.run(() =>
      better.api.signInEmail({
        body: { email: account === undefined ? NOBODY : signInEmail(account), password, rememberMe: given.remember },
        headers: context.headers,
        asResponse: true,
      }),
    )
  let checked = await enter(given.password)
  if (checked === undefined) throw busy()
  if (checked.value.status === 401 || account === undefined) {
    await record(accounts, context, 'session.failed', account)
    throw new ApiError('wrong_login')
  }
  await clearAttempts(db, secret, attempt)
  // better-auth has found the password right; a session is refused until it is one's own (session-rules.ts).
  if (account.passwordIssued && given.next !== undefined) {
    if (given.next === given.password) throw unfitField('json', 'next', 'password_same')
    if (await isGuessed(accounts, given.next)) throw unfitField('json', 'next', 'password_common')
    const hash = await hashPassword(given.next)
    await db.transaction().execute((trx) => setPassword(trx, account.id, hash, false))
    await record(accounts, context, 'session.change_password', account)
    checked = await enter(given.next)
    if (checked === undefined) throw busy()
  }
  const response = checked.value
  if (!response.ok) {
    await record(accounts, context, 'session.refused', account)
    throw await refusalOfLibrary(response, 403)
  }
  await renewHash(accounts, account.id, given.password)
  const cookies = response.headers.getSetCookie()
  const token = await recordBegin(accounts, context.trail, cookies)
  const mark = device.add(context.headers.get('cookie') ?? undefined, account.id)
  return { kind: 'in', account, cookies, device: mark, token: token ?? '' }
}

/** A password is known in clear at this moment alone: a hash of before is made anew of it. */
async function renewHash({ db, passwordChecks }: Accounts, account: string, password: string): Promise<void> {
  const kept = await passwordHashOf(db, account)
  if (kept === undefined || !isWeakHash(kept)) return
  const renewed = await passwordChecks.run(() => hashPassword(password))
  if (renewed !== undefined) await renewPasswordHash(db, account, kept, renewed.value)
}

/** @param cookies of an answer. @returns the token of the session that they begin */
export function sessionTokenIn(cookies: readonly string[], publicUrl: string): string | undefined {
  const name = sessionCookieName(isSecure(publicUrl))
  const value = cookies.map((cookie) => cookieValue(cookie, name)).find(Boolean)
  return value && decodeURIComponent(value).split('.', 1)[0]
}

/** Whoever came in, by whatever way, by the session that the answer's cookies begin. @returns its token */
export async function recordBegin(
  { db, publicUrl }: Pick<Accounts, 'db' | 'publicUrl'>,
  { requestId = null, origin }: Trail,
  cookies: readonly string[],
): Promise<string | undefined> {
  const token = sessionTokenIn(cookies, publicUrl)
  if (token === undefined) return undefined
  const account = await accountOfSession(db, token)
  if (account === undefined) return undefined
  await noteAddress(db, token, origin?.address ?? null)
  await audit(db, {
    actor: account.id,
    role: account.role ?? 'unbound',
    action: 'session.begin',
    resource: `account:${account.id}`,
    requestId,
    origin: { address: origin?.address ?? null, session: hashSession(token) },
  })
  return token
}

async function record(
  accounts: Accounts,
  { trail }: Pick<SignInContext, 'trail'>,
  action: string,
  account: AccountRow | undefined,
): Promise<void> {
  await audit(accounts.db, {
    actor: account?.id ?? null,
    role: account === undefined ? 'public' : (account.role ?? 'unbound'),
    action,
    resource: `account:${account?.id ?? 'unknown'}`,
    ...trail,
  })
}
