import type { Kysely, Transaction } from 'kysely'
import { bindAccount, insertAccount } from './accounts.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

/** More than this is not written: a screen that shows live numbers asks who it is twice a minute. */
const SEEN_EVERY_MS = 50_000
const SCREENS_MAX = 500

export type ScreenRow = {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly disabled: boolean
  readonly createdAt: Date
  readonly seenAt: Date | null
}

export type NewScreen = { readonly userCode: string; readonly name: string; readonly area: string }

/** Codes are typed by people: case, spaces and hyphens do not matter. */
function normalise(userCode: string): string {
  return userCode.replace(/[^a-zA-Z0-9]/g, '').toUpperCase()
}

/**
 * Approves the screen that shows `userCode`: makes its account with the role `screen`, and lets the code be exchanged
 * for a session of that account. @returns the account's id, or `undefined` when no such code is waiting.
 */
export async function approveScreen(
  trx: Transaction<AccountsDatabase>,
  screen: NewScreen,
  now: Date,
): Promise<string | undefined> {
  const waiting = await trx
    .selectFrom('device_codes')
    .select('id')
    .where('user_code', '=', normalise(screen.userCode))
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  if (waiting === undefined) return undefined
  const account = await insertAccount(trx, {
    name: screen.name,
    email: null,
    username: `screen-${waiting.id}`.slice(0, 40),
    passwordHash: null,
  })
  await bindAccount(trx, account, { role: 'screen', areas: [screen.area], facility: null }, screen.name)
  await trx
    .updateTable('device_codes')
    .set({ status: 'approved', account_id: account })
    .where('id', '=', waiting.id)
    .execute()
  return account
}

/** A screen shows live numbers at `now`. */
export async function seeScreen(db: Kysely<AccountsDatabase>, account: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - SEEN_EVERY_MS)
  await db
    .updateTable('accounts')
    .set({ seen_at: now })
    .where('id', '=', account)
    .where((eb) => eb.or([eb('seen_at', 'is', null), eb('seen_at', '<', before)]))
    .execute()
}

export async function listScreens(db: Kysely<AccountsDatabase>): Promise<ScreenRow[]> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('account_grants', 'account_grants.account_id', 'accounts.id')
    .select(['accounts.id', 'name', 'areas', 'disabled', 'created_at', 'seen_at'])
    .where('role', '=', 'screen')
    .orderBy('accounts.id')
    .limit(SCREENS_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    area: row.areas[0] ?? '',
    disabled: row.disabled,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  }))
}

/** Gives a screen its key. @param hash of the key, which nobody but the screen keeps */
export async function keepScreenKey(db: Kysely<AccountsDatabase>, account: string, hash: Buffer): Promise<void> {
  await db.updateTable('accounts').set({ screen_key: hash }).where('id', '=', account).execute()
}

/** The account of the screen whose key it is; `undefined` too when it was switched off, or is a screen no longer. */
export async function screenOfKey(db: Kysely<AccountsDatabase>, hash: Buffer) {
  return db
    .selectFrom('accounts')
    .innerJoin('account_grants', 'account_grants.account_id', 'accounts.id')
    .select(['accounts.id', 'areas'])
    .where('screen_key', '=', hash)
    .where('role', '=', 'screen')
    .where('disabled', '=', false)
    .executeTakeFirst()
}

/** Lets a code be exchanged for a session of a screen that there is. @param deviceCode nobody has been shown */
export async function approveFor(
  trx: Transaction<AccountsDatabase>,
  deviceCode: string,
  account: string,
): Promise<void> {
  await trx
    .updateTable('device_codes')
    .set({ status: 'approved', account_id: account })
    .where('device_code', '=', deviceCode)
    .execute()
}

/** Codes nobody approved in time. */
export async function pruneDeviceCodes(db: Kysely<AccountsDatabase>, now: Date): Promise<void> {
  await db.deleteFrom('device_codes').where('expires_at', '<', now).execute()
}
