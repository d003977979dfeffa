import type { AccountRow } from '../../../db/queries/accounts.ts'
import { findByLogin, setPassword, signInEmail } from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { clearAttempts, takeAttempt } from '../../../db/queries/accounts-lockout.ts'
import type { ErrorCode } from '../../contract/refusals/codes.ts'
import type { Accounts } from './accounts.ts'
import { isCommonPassword } from './common-passwords.ts'
import { authError } from './errors.ts'
import { hashPassword } from './passwords.ts'

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
  readonly requestId: string
  readonly now: Date
  readonly headers: Headers
}

export type SignInResult =
  | { readonly kind: 'in'; readonly account: AccountRow; readonly cookies: readonly string[]; readonly device: string }
  /** the same for a wrong password and for a login that does not exist */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly until: Date }
  /** the password was right; the new one is not one to choose */
  | { readonly kind: 'unfit'; readonly key: 'password_common' | 'password_same' }
  /** too many passwords are being checked already */
  | { readonly kind: 'busy' }
  /** the password was right, but this account may not come in */
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string }

/** better-auth hashes the password for an address nobody has, too: so an unknown login takes as long as a wrong password. */
const NOBODY = 'nobody@no-mail.invalid'

/**
 * Signs somebody in by password. What fails is counted: it locks the address out of this login for a while, and makes
 * others who are strangers to the account wait in line.
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
  if (!(await strangers.wait(given.login.trim().toLowerCase(), taken.strangers))) return { kind: 'busy' }
  const enter = (password: string) =>
    passwordChecks.run(() =>
      better.api.signInEmail({
        body: { email: account === undefined ? NOBODY : signInEmail(account), password, rememberMe: given.remember },
        headers: context.headers,
        asResponse: true,
      }),
    )
  let checked = await enter(given.password)
  if (checked === undefined) return { kind: 'busy' }
  if (checked.value.status === 401 || account === undefined) return { kind: 'wrong' }
  await clearAttempts(db, secret, attempt)
  // better-auth has found the password right; a session is refused until it is one's own (session-rules.ts).
  if (account.passwordIssued && given.next !== undefined) {
    if (given.next === given.password) return { kind: 'unfit', key: 'password_same' }
    if (await isCommonPassword(given.next)) return { kind: 'unfit', key: 'password_common' }
    const hash = await hashPassword(given.next)
    await db.transaction().execute((trx) => setPassword(trx, account.id, hash, false))
    await record(accounts, context, 'session.change_password', account)
    checked = await enter(given.next)
    if (checked === undefined) return { kind: 'busy' }
  }
  const response = checked.value
  if (!response.ok) return { kind: 'refused', ...(await authError(response)) }
  await record(accounts, context, 'session.begin', account)
  const mark = device.add(context.headers.get('cookie') ?? undefined, account.id)
  return { kind: 'in', account, cookies: response.headers.getSetCookie(), device: mark }
}

async function record(
  accounts: Accounts,
  { requestId }: SignInContext,
  action: string,
  account: AccountRow | undefined,
): Promise<void> {
  if (account === undefined) return
  await audit(accounts.db, {
    actor: account.id,
    role: account.role ?? 'unbound',
    action,
    resource: `account:${account.id}`,
    requestId,
  })
}
