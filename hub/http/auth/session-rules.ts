import { APIError } from 'better-auth/api'
import type { Kysely } from 'kysely'
import { findAccount, operationKind } from '../../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import type { ErrorCode } from '../../contract/refusals/codes.ts'
import { english } from '../../contract/refusals/refusals.ts'
import type { Clock } from '../../runtime/clock.ts'

/** A wall hangs for a year without a hand on it; browsers keep no cookie longer than 400 days. */
export const SCREEN_SESSION_S = 400 * 86_400

const refused = (code: ErrorCode) => new APIError('FORBIDDEN', { code, message: english(code, undefined) })

/**
 * Whether a session may begin, after the person has proved who they are: for every way in alike.
 * @throws APIError for a disabled account, for a drill account while the operation is live, and while the password is
 * one that somebody else has chosen.
 */
export async function admit<S extends { userId: string; expiresAt: Date }>(
  db: Kysely<AccountsDatabase>,
  session: S,
  clock: Clock,
): Promise<S> {
  const account = await findAccount(db, session.userId)
  if (account?.disabled) {
    throw refused('account_disabled')
  }
  if (account?.drill && (await operationKind(db)) === 'live') {
    throw refused('drill_account')
  }
  if (account?.passwordIssued) {
    throw refused('password_issued')
  }
  if (account?.role !== 'screen') return session
  return { ...session, expiresAt: new Date(clock.now() + SCREEN_SESSION_S * 1000) }
}
