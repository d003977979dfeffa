import type { Kysely } from 'kysely'
import { endSessions } from '../../../db/queries/accounts.ts'
import { type AuditEntry, audit, type Trail } from '../../../db/queries/accounts-audit.ts'
import { clearAttempts, takeAttempt } from '../../../db/queries/accounts-lockout.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { carryOver, type SessionRow } from '../../../db/queries/session-standing.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Accounts } from './accounts.ts'
import { sessionTokenIn } from './sign-in.ts'

type Author = Pick<AuditEntry, 'actor' | 'role'> & Trail

/** Ends every session of whoever asks. @returns how many there were */
export function endOwnSessions(db: Kysely<AccountsDatabase>, author: Author, account: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const sessions = await endSessions(trx, account)
    const resource = `account:${account}`
    await audit(trx, { ...author, action: 'session.end_all', resource, details: { sessions } })
    return sessions
  })
}

type Changed =
  | { readonly kind: 'changed'; readonly cookies: readonly string[]; readonly token: string | undefined }
  | { readonly kind: 'locked'; readonly until: Date }

/**
 * Changes the password of whoever asks; their other sessions end. Whoever found a screen unlocked must not find the
 * password by trying, so wrong ones lock. The session goes on under another token, and with the factor that it has shown.
 * @throws ApiError for a wrong one
 */
export async function changePassword(
  { better, db, publicUrl, secret }: Accounts,
  author: Author,
  account: string,
  { current, next }: { readonly current: string; readonly next: string },
  { now, headers, session }: { readonly now: Date; readonly headers: Headers; readonly session: SessionRow | null },
): Promise<Changed> {
  const attempt = { login: account, place: 'change of the password', known: true }
  const taken = await takeAttempt(db, secret, attempt, now)
  if (taken.kind === 'locked') return taken
  const response = await better.api.changePassword({
    body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
    headers,
    asResponse: true,
  })
  if (!response.ok) throw new ApiError('wrong_password')
  await clearAttempts(db, secret, attempt)
  const cookies = response.headers.getSetCookie()
  const token = sessionTokenIn(cookies, publicUrl)
  if (session !== null && token !== undefined) await db.transaction().execute((trx) => carryOver(trx, token, session))
  await audit(db, { ...author, action: 'session.change_password', resource: `account:${account}` })
  return { kind: 'changed', cookies, token }
}
