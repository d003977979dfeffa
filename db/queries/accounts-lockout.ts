import { createHmac } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AccountsDatabase } from './accounts-tables.ts'

/** Wrong passwords within the window, from one address or known device, before that place is locked out of the login. */
export const FAILURES_PER_PLACE_MAX = 5
export const FAILURE_WINDOW_MS = 15 * 60_000
export const LOCK_MS = 15 * 60_000
/** Forgotten keys each attempt clears away, so that the table stays small. */
const PRUNE_ROWS_MAX = 100

/** `place`: the address, or a device that this account has signed in on before (`known`). */
export type Attempt = { readonly login: string; readonly place: string; readonly known: boolean }

export type Taken =
  | { readonly kind: 'locked'; readonly until: Date }
  /** `strangers`: failures of this login within the window from all places that are not locked, this one included */
  | { readonly kind: 'open'; readonly strangers: number }

/** Hashed: what people type into the login field may be a password. */
function keysOf(secret: string, { login, place, known }: Attempt): { own: Buffer; login: Buffer } {
  const hash = (text: string) => createHmac('sha256', secret).update(text).digest()
  const name = login.trim().toLowerCase()
  return { own: hash(`${known ? 'device' : 'login'}\0${name}\0${place}`), login: hash(`login\0${name}`) }
}

/**
 * Counts an attempt as failed before its password is looked at, so that attempts in parallel cannot slip past the
 * limit; `clearAttempts` takes it back when the password was right. Works the same for logins that do not exist. Only
 * the place is ever locked: a login that anybody could lock would be an off switch for its owner (OWASP, account lockout).
 */
export async function takeAttempt(
  db: Kysely<AccountsDatabase>,
  secret: string,
  attempt: Attempt,
  now: Date,
): Promise<Taken> {
  const keys = keysOf(secret, attempt)
  return db.transaction().execute(async (trx) => {
    await prune(trx, now)
    const own = await count(trx, keys.own, now)
    if (own.lockedUntil !== null) return { kind: 'locked', until: own.lockedUntil }
    return { kind: 'open', strangers: attempt.known ? 0 : (await count(trx, keys.login, now, false)).failures }
  })
}

type Counted = { readonly failures: number; readonly lockedUntil: Date | null }

async function count(trx: Transaction<AccountsDatabase>, key: Buffer, now: Date, locks = true): Promise<Counted> {
  const windowStart = new Date(now.getTime() - FAILURE_WINDOW_MS)
  const until = new Date(now.getTime() + LOCK_MS)
  const { rows } = await sql<Counted>`
    insert into sign_in_failures as f (key, failures, since) values (${key}, 1, ${now})
    on conflict (key) do update set
      failures = case when f.since < ${windowStart} then 1 when f.locked_until > ${now} then f.failures else f.failures + 1 end,
      since = case when f.since < ${windowStart} then ${now} else f.since end,
      locked_until = case
        when f.locked_until > ${now} then f.locked_until
        when ${locks} and f.since >= ${windowStart} and f.failures >= ${FAILURES_PER_PLACE_MAX} then ${until}::timestamptz end
    returning failures, locked_until as "lockedUntil"`.execute(trx)
  return rows[0]!
}

async function prune(trx: Transaction<AccountsDatabase>, now: Date): Promise<void> {
  await sql`delete from sign_in_failures where key in (
    select key from sign_in_failures where since < ${new Date(now.getTime() - FAILURE_WINDOW_MS - LOCK_MS)}
    limit ${PRUNE_ROWS_MAX} for update skip locked)`.execute(trx)
}

/** After a right password: the failures from this place are forgotten, and this attempt no longer counts as one. */
export async function clearAttempts(db: Kysely<AccountsDatabase>, secret: string, attempt: Attempt): Promise<void> {
  const keys = keysOf(secret, attempt)
  await db.deleteFrom('sign_in_failures').where('key', '=', keys.own).execute()
  if (attempt.known) return
  await db
    .updateTable('sign_in_failures')
    .set((eb) => ({ failures: sql<number>`greatest(${eb.ref('failures')} - 1, 0)` }))
    .where('key', '=', keys.login)
    .execute()
}
