import type { Kysely, Transaction } from 'kysely'
import {
  bindAccount,
  endSessions,
  findAccount,
  insertAccount,
  lockAdministrators,
  setDisabled,
  setPassword,
} from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import type { Role } from '../../contract/vocabulary/roles.ts'
import { resolveBinding } from './binding.ts'
import { hashPassword } from './passwords.ts'

/** Who administers: an account, or the command line of the hub's machine (`account: null`). */
export type Administrator = {
  readonly account: string | null
  readonly role: string
  readonly requestId: string | null
}

export type Refused = {
  readonly ok: false
  readonly code: 'unknown_account' | 'taken' | 'wrong_binding' | 'last_administrator' | 'no_role' | 'no_login'
  readonly message: string
}
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused

export type Binding = {
  readonly role: Role
  readonly areas: readonly string[]
  readonly facility: number | null
  readonly label?: string | undefined
}

export type AccountRequest = Binding & {
  readonly name: string
  readonly email: string | null
  readonly username: string | null
  readonly password: string
  /** made here and handed over; it must be changed at the first sign-in */
  readonly issued: boolean
}

type Db = Kysely<AccountsDatabase>
type Trx = Transaction<AccountsDatabase>

const UNIQUE_VIOLATION = '23505'

export const refuse = (code: Refused['code'], message: string): Refused => ({ ok: false, code, message })
const done = <T>(value: T): Outcome<T> => ({ ok: true, value })
const unknown = () => refuse('unknown_account', 'There is no such account.')

/** A call-sign nobody has chosen yet: the role and what sets the account apart. */
export function defaultLabel(role: Role, account: string): string {
  return `${role.replaceAll('_', ' ')} ${account.slice(0, 4)}`
}

/** Makes an account with its role. @returns its id. */
export async function createAccount(db: Db, by: Administrator, request: AccountRequest): Promise<Outcome<string>> {
  if (request.email === null && request.username === null) {
    return refuse('no_login', 'An account needs an e-mail address or a user name to sign in with.')
  }
  const resolved = await resolveBinding(db, request)
  if (!resolved.ok) return refuse('wrong_binding', resolved.message)
  const passwordHash = await hashPassword(request.password)
  try {
    return await db.transaction().execute(async (trx) => {
      const id = await insertAccount(trx, { ...request, passwordHash })
      await bindAccount(trx, id, resolved.binding, request.label ?? defaultLabel(request.role, id))
      await note(trx, by, 'account.create', id, { role: request.role, areas: resolved.binding.areas })
      return done(id)
    })
  } catch (error) {
    if (isTaken(error)) return refuse('taken', 'This e-mail address or user name has an account already.')
    throw error
  }
}

export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
}

/** Gives an account its role and places; at once in force in every hub. */
export async function setRole(db: Db, by: Administrator, id: string, binding: Binding): Promise<Outcome<null>> {
  const resolved = await resolveBinding(db, binding)
  if (!resolved.ok) return refuse('wrong_binding', resolved.message)
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined) return unknown()
    if (binding.role !== 'administrator' && (await isLastAdministrator(trx, id))) return lastAdministrator()
    const label = binding.label ?? account.label ?? defaultLabel(binding.role, id)
    await bindAccount(trx, id, resolved.binding, label)
    await note(trx, by, 'account.set_role', id, { role: binding.role, areas: resolved.binding.areas })
    return done(null)
  })
}

/** Disables or enables. Disabling ends every session. */
export async function disable(db: Db, by: Administrator, id: string, disabled: boolean): Promise<Outcome<null>> {
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined) return unknown()
    if (disabled && (await isLastAdministrator(trx, id))) return lastAdministrator()
    if (!(await setDisabled(trx, id, disabled))) {
      return refuse('no_role', 'This account has no role yet, and so may do nothing that could be disabled.')
    }
    await note(trx, by, disabled ? 'account.disable' : 'account.enable', id)
    return done(null)
  })
}

/** Sets a new password and ends every session. */
export async function resetPassword(
  db: Db,
  by: Administrator,
  id: string,
  { password, issued }: Pick<AccountRequest, 'password' | 'issued'>,
): Promise<Outcome<null>> {
  const passwordHash = await hashPassword(password)
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined || account.role === 'screen') return unknown()
    await setPassword(trx, id, passwordHash, issued)
    await note(trx, by, 'account.reset_password', id)
    return done(null)
  })
}

/** Ends every session. @returns how many there were. */
export async function signOutAccount(db: Db, by: Administrator, id: string): Promise<Outcome<number>> {
  return db.transaction().execute(async (trx) => {
    if ((await findAccount(trx, id)) === undefined) return unknown()
    const sessions = await endSessions(trx, id)
    await note(trx, by, 'account.sign_out', id, { sessions })
    return done(sessions)
  })
}

/** Locks the administrators' rows, so that two who remove each other at once do not both succeed. */
async function isLastAdministrator(trx: Trx, id: string): Promise<boolean> {
  const administrators = await lockAdministrators(trx)
  return administrators.length === 1 && administrators[0] === id
}

function lastAdministrator(): Refused {
  return refuse('last_administrator', 'This is the last administrator; make another one first.')
}

async function note(
  trx: Trx,
  by: Administrator,
  action: string,
  id: string,
  details: Readonly<Record<string, string | number | readonly string[]>> = {},
): Promise<void> {
  await audit(trx, {
    actor: by.account,
    role: by.role,
    action,
    resource: `account:${id}`,
    requestId: by.requestId,
    details,
  })
}
