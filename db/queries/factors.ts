import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { AccountsDatabase } from './accounts-tables.ts'

type Db = Kysely<AccountsDatabase> | Transaction<AccountsDatabase>

export type FactorRow = Selectable<AccountsDatabase['account_factors']>

/** The factors of an account that count, oldest first. */
export function factorsOf(db: Db, account: string): Promise<FactorRow[]> {
  return db
    .selectFrom('account_factors')
    .selectAll()
    .where('account_id', '=', account)
    .where('confirmed_at', 'is not', null)
    .orderBy('created_at')
    .execute()
}

/** An authenticator app that waits for its first code; it takes the place of one that waited before. */
export async function insertPendingTotp(
  trx: Transaction<AccountsDatabase>,
  factor: { readonly account: string; readonly name: string; readonly secret: Buffer; readonly now: Date },
): Promise<void> {
  await trx
    .deleteFrom('account_factors')
    .where('account_id', '=', factor.account)
    .where('confirmed_at', 'is', null)
    .execute()
  await trx
    .insertInto('account_factors')
    .values({
      account_id: factor.account,
      kind: 'totp',
      name: factor.name,
      secret: factor.secret,
      created_at: factor.now,
    })
    .execute()
}

export function pendingTotp(db: Db, account: string): Promise<FactorRow | undefined> {
  return db
    .selectFrom('account_factors')
    .selectAll()
    .where('account_id', '=', account)
    .where('kind', '=', 'totp')
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
}

/** @returns whether it waited until now, and so counts from now on */
export async function confirmTotp(db: Db, id: string, step: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account_factors')
    .set({ confirmed_at: now, used_at: now, last_step: step })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** @returns whether no code of this step or a later one was taken before: then it is taken now, and never again */
export async function takeStep(db: Db, id: string, step: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account_factors')
    .set({ last_step: step, used_at: now })
    .where('id', '=', id)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type NewPasskey = {
  readonly account: string
  readonly name: string
  readonly credential: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly now: Date
}

/** Throws PostgreSQL's 23505 when somebody has this passkey. */
export async function insertPasskey(db: Db, passkey: NewPasskey): Promise<void> {
  await db
    .insertInto('account_factors')
    .values({
      account_id: passkey.account,
      kind: 'passkey',
      name: passkey.name,
      credential: passkey.credential,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: [...passkey.transports],
      created_at: passkey.now,
      confirmed_at: passkey.now,
      used_at: passkey.now,
    })
    .execute()
}

export async function notePasskeyUse(db: Db, id: string, counter: number, now: Date): Promise<void> {
  await db.updateTable('account_factors').set({ counter, used_at: now }).where('id', '=', id).execute()
}

/** @returns its kind; `undefined` when the account has none of this id */
export async function deleteFactor(db: Db, account: string, id: string) {
  const gone = await db
    .deleteFrom('account_factors')
    .where('account_id', '=', account)
    .where('id', '=', id)
    .returning('kind')
    .executeTakeFirst()
  return gone?.kind
}

/** Factors and recovery codes. @returns how many factors counted */
export async function deleteAllFactors(trx: Transaction<AccountsDatabase>, account: string): Promise<number> {
  await trx.deleteFrom('account_recovery_codes').where('account_id', '=', account).execute()
  const gone = await trx
    .deleteFrom('account_factors')
    .where('account_id', '=', account)
    .returning('confirmed_at')
    .execute()
  return gone.filter(({ confirmed_at }) => confirmed_at !== null).length
}

/** Serialises what changes the factors of one account, until the transaction ends. */
export async function lockFactors(trx: Transaction<AccountsDatabase>, account: string): Promise<void> {
  await sql`select from accounts where id = ${account} for update`.execute(trx)
}

/** The codes there were are worth nothing afterwards. */
export async function replaceRecoveryCodes(
  trx: Transaction<AccountsDatabase>,
  account: string,
  hashes: readonly Buffer[],
  now: Date,
): Promise<void> {
  await trx.deleteFrom('account_recovery_codes').where('account_id', '=', account).execute()
  if (hashes.length === 0) return
  const rows = hashes.map((code_hash) => ({ code_hash, account_id: account, created_at: now }))
  await trx.insertInto('account_recovery_codes').values(rows).execute()
}

/** @returns whether the account had this code; it has it no more */
export async function takeRecoveryCode(db: Db, account: string, hash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('account_recovery_codes')
    .where('account_id', '=', account)
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
