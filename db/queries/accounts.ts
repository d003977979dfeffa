import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { foldedText } from '../../hub/contract/vocabulary/text.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

type Db = Kysely<AccountsDatabase> | Transaction<AccountsDatabase>

export type BindingRow = {
  readonly role: Role
  readonly areas: readonly string[]
  readonly facility: number | null
}

export type NewAccount = {
  readonly name: string
  readonly email: string | null
  readonly username: string | null
  readonly passwordHash: string | null
  /** somebody else has chosen the password */
  readonly issued?: boolean
  readonly drill?: boolean
}

export type AccountRow = {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly username: string | null
  readonly drill: boolean
  readonly role: Role | null
  readonly areas: readonly string[]
  readonly facility: number | null
  readonly label: string | null
  readonly version: number
  readonly disabled: boolean
  readonly createdAt: Date
  readonly passwordIssued: boolean
}

const NO_MAIL = '@no-mail.invalid'

/** @returns its id. Throws PostgreSQL's 23505 when the e-mail address or user name is taken. */
export async function insertAccount(db: Db, account: NewAccount): Promise<string> {
  if (account.email === null && account.username === null) throw new Error('an account needs an e-mail or a user name')
  const { id } = await db
    .insertInto('accounts')
    .values({
      name: account.name,
      email: account.email?.toLowerCase() ?? `${account.username}${NO_MAIL}`,
      email_verified: false,
      username: account.username,
      drill: account.drill ?? false,
      password_issued_at: account.issued ? new Date() : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (account.passwordHash !== null) {
    await db
      .insertInto('account_credentials')
      .values({ provider: 'credential', subject: id, account_id: id, password: account.passwordHash })
      .execute()
  }
  return id
}

/** Gives an account its role, or another one; the stream tells every hub. The account's `drill` goes along. */
export async function bindAccount(db: Db, account: string, binding: BindingRow, label: string): Promise<void> {
  const values = { role: binding.role, areas: [...binding.areas], facility_id: binding.facility, label }
  await db
    .insertInto('account_grants')
    .columns(['account_id', 'role', 'areas', 'facility_id', 'label', 'drill'])
    .expression((eb) =>
      eb
        .selectFrom('accounts')
        .select([
          'id',
          eb.val(values.role).as('role'),
          sql<string[]>`${values.areas}::text[]`.as('areas'),
          sql<number | null>`${values.facility_id}::integer`.as('facility_id'),
          eb.val(label).as('label'),
          'drill',
        ])
        .where('id', '=', account),
    )
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute()
}

/** A disabled account signs in no more and its sessions end. @returns whether it has a role and so could be changed. */
export async function setDisabled(db: Db, account: string, disabled: boolean): Promise<boolean> {
  const changed = await db
    .updateTable('account_grants')
    .set({ disabled })
    .where('account_id', '=', account)
    .executeTakeFirst()
  if (disabled) await endSessions(db, account)
  return changed.numUpdatedRows > 0n
}

/** Ends every session of the account. @returns how many there were. */
export async function endSessions(db: Db, account: string): Promise<number> {
  const gone = await db.deleteFrom('account_sessions').where('account_id', '=', account).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/**
 * Sets the password and ends every session: who knew the old one is out.
 * @param issued somebody else has chosen it
 */
export async function setPassword(db: Db, account: string, passwordHash: string, issued: boolean): Promise<void> {
  await storePassword(db, account, passwordHash)
  await db
    .updateTable('accounts')
    .set({ password_issued_at: issued ? new Date() : null })
    .where('id', '=', account)
    .execute()
  await endSessions(db, account)
}

export async function storePassword(db: Db, account: string, passwordHash: string): Promise<void> {
  await db
    .insertInto('account_credentials')
    .values({ provider: 'credential', subject: account, account_id: account, password: passwordHash })
    .onConflict((conflict) =>
      conflict.columns(['provider', 'subject']).doUpdateSet({ password: passwordHash, updated_at: new Date() }),
    )
    .execute()
}

/** The password's hash; `undefined` where somebody comes in by an agency alone. */
export async function passwordHashOf(db: Db, account: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('account_credentials')
    .select('password')
    .where('provider', '=', 'credential')
    .where('account_id', '=', account)
    .executeTakeFirst()
  return row?.password ?? undefined
}

/** Another hash of the same password; where the password was changed meanwhile, nothing. */
export async function renewPasswordHash(db: Db, account: string, from: string, to: string): Promise<void> {
  await db
    .updateTable('account_credentials')
    .set({ password: to })
    .where('provider', '=', 'credential')
    .where('account_id', '=', account)
    .where('password', '=', from)
    .execute()
}

/** Locks the administrators who are not disabled, for as long as the transaction lasts. */
export async function lockAdministrators(trx: Transaction<AccountsDatabase>): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('account_grants')
    .select('account_id')
    .where('role', '=', 'administrator')
    .where('disabled', '=', false)
    .forUpdate()
    .execute()
  return rows.map((row) => row.account_id)
}

function selectAccounts(db: Db) {
  return db
    .selectFrom('accounts')
    .leftJoin('account_grants', 'account_grants.account_id', 'accounts.id')
    .select([
      'accounts.id',
      'accounts.name',
      'accounts.email',
      'accounts.username',
      'accounts.drill',
      'accounts.created_at',
      'accounts.password_issued_at',
      'account_grants.role',
      'account_grants.areas',
      'account_grants.facility_id',
      'account_grants.label',
      'account_grants.version',
      'account_grants.disabled',
    ])
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>

function accountRow(row: Selected): AccountRow {
  return {
    id: row.id,
    name: row.name,
    email: row.email.endsWith(NO_MAIL) ? null : row.email,
    username: row.username,
    drill: row.drill,
    role: row.role,
    areas: row.areas ?? [],
    facility: row.facility_id,
    label: row.label,
    version: row.version ?? 0,
    disabled: row.disabled ?? false,
    createdAt: row.created_at,
    passwordIssued: row.password_issued_at !== null,
  }
}

export async function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  const row = await selectAccounts(db).where('accounts.id', '=', id).executeTakeFirst()
  return row && accountRow(row)
}

/** By e-mail address or user name, as a person types it. */
export async function findByLogin(db: Db, login: string): Promise<AccountRow | undefined> {
  const text = login.trim().toLowerCase()
  const row = await selectAccounts(db)
    .where((eb) => eb.or([eb('accounts.email', '=', text), eb('accounts.username', '=', text)]))
    .executeTakeFirst()
  return row && accountRow(row)
}

/** The address better-auth knows the account by. */
export function signInEmail(account: Pick<AccountRow, 'email' | 'username'>): string {
  return account.email ?? `${account.username}${NO_MAIL}`
}

export type AccountFilter = {
  readonly role?: Role | undefined
  readonly area?: string | undefined
  /** part of the name, e-mail address or user name */
  readonly text?: string | undefined
  /** accounts after this id */
  readonly after?: string | undefined
  readonly limit: number
}

export async function listAccounts(db: Db, filter: AccountFilter): Promise<AccountRow[]> {
  let query = selectAccounts(db).orderBy('accounts.id').limit(filter.limit)
  if (filter.after !== undefined) query = query.where('accounts.id', '>', filter.after)
  if (filter.role !== undefined) query = query.where('account_grants.role', '=', filter.role)
  if (filter.area !== undefined) query = query.where(sql<boolean>`${filter.area} = any(account_grants.areas)`)
  if (filter.text !== undefined) {
    // What folds to nothing, a hyphen, finds nobody.
    const asked = foldedText(filter.text)
    const holds = (column: string) => sql<boolean>`strpos(jitasa_folded(${sql.ref(column)}), nullif(${asked}, '')) > 0`
    query = query.where((eb) => eb.or(['accounts.name', 'accounts.email', 'accounts.username'].map(holds)))
  }
  return (await query.execute()).map(accountRow)
}

/** Of `codes`, those that are no area of this country. */
export async function unknownAreas(db: Db, codes: readonly string[]): Promise<string[]> {
  const known = await db
    .selectFrom('areas')
    .select('code')
    .where('code', 'in', [...codes])
    .execute()
  return codes.filter((code) => !known.some((area) => area.code === code))
}

export async function facilityDistrict(db: Db, facility: number): Promise<string | undefined> {
  const row = await db.selectFrom('facilities').select('district').where('id', '=', facility).executeTakeFirst()
  return row?.district
}

export async function operationKind(db: Db): Promise<Selectable<AccountsDatabase['operation']>['kind'] | undefined> {
  return (await db.selectFrom('operation').select('kind').executeTakeFirst())?.kind
}
