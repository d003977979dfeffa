import { clearAttempts, takeAttempt } from '../../../../db/queries/accounts-lockout.ts'
import { ApiError } from '../../../contract/refusals/api-error.ts'
import type { Accounts } from '../accounts.ts'

/**
 * Counts a guess at a code or password of an account that is signed in half or whole. Whoever guesses here knows the
 * password or sits at an open screen, so all places but the account's own devices are one: many addresses guess no
 * faster, and lock nobody out of a device that they know.
 * @returns takes the guess back, for a right one
 * @throws ApiError 429 after five wrong ones within 15 minutes
 */
export async function countGuess(
  { db, secret, device }: Pick<Accounts, 'db' | 'secret' | 'device'>,
  account: string,
  { now, headers }: { readonly now: Date; readonly headers: Headers },
): Promise<() => Promise<void>> {
  const own = device.knownTo(headers.get('cookie') ?? undefined, account)
  const attempt = { login: account, place: `second factor ${own ?? 'elsewhere'}`, known: true }
  const taken = await takeAttempt(db, secret, attempt, now)
  if (taken.kind === 'locked') {
    const retryAfter = Math.ceil((taken.until.getTime() - now.getTime()) / 1000)
    throw new ApiError('factor_locked', { until: taken.until.toISOString() }, { retryAfter })
  }
  return () => clearAttempts(db, secret, attempt)
}
