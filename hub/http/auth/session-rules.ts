import { APIError } from 'better-auth/api'
import type { Kysely } from 'kysely'
import { findAccount, operationKind } from '../../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import type { Clock } from '../../runtime/clock.ts'

/** A wall hangs for a year without a hand on it; browsers keep no cookie longer than 400 days. */
export const SCREEN_SESSION_S = 400 * 86_400

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
    throw new APIError('FORBIDDEN', {
      code: 'account_disabled',
      message: 'This account has been disabled. Ask an administrator.',
    })
  }
  if (account?.drill && (await operationKind(db)) === 'live') {
    throw new APIError('FORBIDDEN', {
      code: 'drill_account',
      message: 'This account is for exercises, and the operation is live. Sign in with an account of your own.',
    })
  }
  if (account?.passwordIssued) {
    throw new APIError('FORBIDDEN', {
      code: 'password_issued',
      message: 'This password was issued to you. Choose one of your own, as `next`, to sign in.',
    })
  }
  if (account?.role !== 'screen') return session
  return { ...session, expiresAt: new Date(clock.now() + SCREEN_SESSION_S * 1000) }
}
