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
import { deleteAllFactors } from '../../../db/queries/factors.ts'
import type { Origin } from '../../../db/queries/rls.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Role } from '../../contract/vocabulary/roles.ts'
import { resolveBinding } from './binding.ts'
import { hashPassword } from './passwords.ts'

/** Who administers: an account, or the command line of the hub's machine (`account: null`). */
export type Administrator = {
  readonly account: string | null
  readonly role: string
  readonly requestId: string | null
  readonly origin?: Origin
}

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

/** A call-sign nobody has chosen yet: the role and what sets the account apart. */
export function defaultLabel(role: Role, account: string): string {
  return `${role.replaceAll('_', ' ')} ${account.slice(0, 4)}`
}

/** Makes an account with its role. @returns its id. @throws ApiError when it may not be made. */
export async function createAccount(db: Db, by: Administrator, request: AccountRequest): Promise<string> {
  if (request.email === null && request.username === null) throw new ApiError('no_login')
  const resolved = await resolveBinding(db, request)
  const passwordHash = await hashPassword(request.password)
  try {
    return await db.transaction().execute(async (trx) => {
      const id = await insertAccount(trx, { ...request, passwordHash })
      await bindAccount(trx, id, resolved, request.label ?? defaultLabel(request.role, id))
      await note(trx, by, 'account.create', id, { role: request.role, areas: resolved.areas })
      return id
    })
  } catch (error) {
    if (isTaken(error)) throw new ApiError('taken')
    throw error
  }
}

export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
}

/** Gives an account its role and places; at once in force in every hub. */
export async function setRole(db: Db, by: Administrator, id: string, binding: Binding): Promise<void> {
  const resolved = await resolveBinding(db, binding)
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined) throw new ApiError('unknown_account')
    if (binding.role !== 'administrator' && (await isLastAdministrator(trx, id)))
      throw new ApiError('last_administrator')
    const label = binding.label ?? account.label ?? defaultLabel(binding.role, id)
    await bindAccount(trx, id, resolved, label)
    await note(trx, by, 'account.set_role', id, { role: binding.role, areas: resolved.areas })
  })
}

/** Disables or enables. Disabling ends every session. */
export async function disable(db: Db, by: Administrator, id: string, disabled: boolean): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined) throw new ApiError('unknown_account')
    if (disabled && (await isLastAdministrator(trx, id))) throw new ApiError('last_administrator')
    if (!(await setDisabled(trx, id, disabled))) throw new ApiError('no_role')
    await note(trx, by, disabled ? 'account.disable' : 'account.enable', id)
  })
}

/** Sets a new password and ends every session. */
export async function resetPassword(
  db: Db,
  by: Administrator,
  id: string,
  { password, issued }: Pick<AccountRequest, 'password' | 'issued'>,
): Promise<void> {
  const passwordHash = await hashPassword(password)
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined || account.role === 'screen') throw new ApiError('unknown_account')
    await setPassword(trx, id, passwordHash, issued)
    await note(trx, by, 'account.reset_password', id)
  })
}

/**
 * Removes every second factor and recovery code, for somebody who has lost them, and ends every session. Where the role
 * needs one, the next sign-in leads to another. @returns how many factors there were
 */
export async function resetFactors(db: Db, by: Administrator, id: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const account = await findAccount(trx, id)
    if (account === undefined || account.role === 'screen') throw new ApiError('unknown_account')
    const factors = await deleteAllFactors(trx, id)
    await endSessions(trx, id)
    await note(trx, by, 'account.reset_factors', id, { factors })
    return factors
  })
}

/** Ends every session. @returns how many there were. */
export async function signOutAccount(db: Db, by: Administrator, id: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    if ((await findAccount(trx, id)) === undefined) throw new ApiError('unknown_account')
    const sessions = await endSessions(trx, id)
    await note(trx, by, 'account.sign_out', id, { sessions })
    return sessions
  })
}

/** Locks the administrators' rows, so that two who remove each other at once do not both succeed. */
async function isLastAdministrator(trx: Trx, id: string): Promise<boolean> {
  const administrators = await lockAdministrators(trx)
  return administrators.length === 1 && administrators[0] === id
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
    origin: by.origin,
    details,
  })
}
