import { createHmac } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { AccountsDatabase } from './accounts-tables.ts'

/** Wrong passwords within the window before the login is locked, from one address; and from all addresses together. */
export const FAILURES_PER_ADDRESS_MAX = 5
export const FAILURES_MAX = 50
export const FAILURE_WINDOW_MS = 15 * 60_000
export const LOCK_MS = 15 * 60_000
/** Forgotten keys each attempt clears away, so that the table stays small. */
const PRUNE_ROWS_MAX = 100

export type Attempt = { readonly login: string; readonly address: string }

/** Two keys an attempt counts under. Hashed: what people type into the login field may be a password. */
function keysOf(secret: string, { login, address }: Attempt): { key: Buffer; max: number }[] {
  const hash = (text: string) => createHmac('sha256', secret).update(text).digest()
  const name = login.trim().toLowerCase()
  return [
    { key: hash(`login\0${name}\0${address}`), max: FAILURES_PER_ADDRESS_MAX },
    { key: hash(`login\0${name}`), max: FAILURES_MAX },
  ]
}

/**
 * Counts an attempt as failed before its password is looked at, so that attempts in parallel cannot slip past the
 * limit; `clearAttempts` takes it back when the password was right. Works the same for logins that do not exist.
 * @returns until when the login is locked, or `undefined` when the attempt may go on.
 */
export async function takeAttempt(
  db: Kysely<AccountsDatabase>,
  secret: string,
  attempt: Attempt,
  now: Date,
): Promise<Date | undefined> {
  const windowStart = new Date(now.getTime() - FAILURE_WINDOW_MS)
  const lockedUntil = new Date(now.getTime() + LOCK_MS)
  return db.transaction().execute(async (trx) => {
    await sql`delete from sign_in_failures where key in (
      select key from sign_in_failures where since < ${new Date(windowStart.getTime() - LOCK_MS)}
      limit ${PRUNE_ROWS_MAX} for update skip locked)`.execute(trx)
    let until: Date | undefined
    for (const { key, max } of keysOf(secret, attempt)) {
      const { rows } = await sql<{ locked_until: Date | null }>`
        insert into sign_in_failures as f (key, failures, since) values (${key}, 1, ${now})
        on conflict (key) do update set
          failures = case when f.since < ${windowStart} then 1 when f.locked_until > ${now} then f.failures else f.failures + 1 end,
          since = case when f.since < ${windowStart} then ${now} else f.since end,
          locked_until = case
            when f.locked_until > ${now} then f.locked_until
            when f.since >= ${windowStart} and f.failures >= ${max} then ${lockedUntil}::timestamptz end
        returning locked_until`.execute(trx)
      const found = rows[0]?.locked_until
      if (found && (until === undefined || found > until)) until = found
    }
    return until
  })
}

/** After a right password: the failures from this address are forgotten, and this attempt no longer counts as one. */
export async function clearAttempts(db: Kysely<AccountsDatabase>, secret: string, attempt: Attempt): Promise<void> {
  const [own, all] = keysOf(secret, attempt)
  await db.deleteFrom('sign_in_failures').where('key', '=', own!.key).execute()
  await db
    .updateTable('sign_in_failures')
    .set((eb) => ({ failures: sql<number>`greatest(${eb.ref('failures')} - 1, 0)` }))
    .where('key', '=', all!.key)
    .execute()
}
