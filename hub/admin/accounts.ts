import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { UsageProblem } from '../../db/command-line.ts'
import { type AccountRow, findByLogin, listAccounts } from '../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../db/queries/accounts-tables.ts'
import type { Io } from '../../db/terminal.ts'
import { accountEmail, accountLabel, accountName, accountUsername } from '../contract/api/accounts.ts'
import { fieldErrors } from '../contract/refusals/fields.ts'
import { PASSWORD_LENGTH_MIN } from '../contract/vocabulary/passwords.ts'
import { isRole, type Role } from '../contract/vocabulary/roles.ts'
import {
  type Administrator,
  type Binding,
  createAccount,
  disable,
  resetFactors,
  resetPassword,
  setRole,
  signOutAccount,
} from '../http/auth/administration.ts'
import { invite } from '../http/auth/invite.ts'
import { isGuessed } from '../http/auth/own-words.ts'
import { generatePassword } from '../http/auth/passwords.ts'

/** In the audit log: somebody with access to the hub's machine. */
export const OPERATOR: Administrator = { account: null, role: 'operator', requestId: null }
const LIST_MAX = 1000

export type Options = {
  readonly role?: string | undefined
  readonly area?: readonly string[] | undefined
  readonly facility?: readonly string[] | undefined
  readonly label?: string | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly username?: string | undefined
  readonly text?: string | undefined
  readonly generate?: boolean | undefined
}

export type Context = {
  readonly db: Kysely<AccountsDatabase>
  readonly io: Io
  readonly publicUrl: string
  readonly now: Date
  /** PASSWORD_WORDS */
  readonly passwordWords?: readonly string[]
}

/** A refusal that the person can do something about: exit code 1, one sentence. */
export class Refusal extends Error {}

function bindingOf(options: Options): Binding & { role: Role } {
  const { role, area = [], facility: [facility, ...others] = [], label } = options
  if (role === undefined) throw new UsageProblem('--role is missing')
  if (!isRole(role) || role === 'screen') throw new UsageProblem(`--role takes one of the roles below, not "${role}"`)
  if (others.length > 0) throw new UsageProblem('an account works for one facility')
  if (facility !== undefined && !/^\d{1,9}$/.test(facility))
    throw new UsageProblem('--facility takes the number of a facility')
  if (label !== undefined) check('--label', accountLabel, label)
  return { role, areas: area, facility: facility === undefined ? null : Number(facility), label }
}

function check(option: string, field: z.ZodType, given: string): void {
  const { error } = field.safeParse(given)
  if (error)
    throw new UsageProblem(`${option}: "${given}" is not possible: ${fieldErrors('en', option, error)[0]?.message}`)
}

async function accountOf({ db }: Context, login: string | undefined): Promise<AccountRow> {
  if (login === undefined) throw new UsageProblem('LOGIN is missing: an e-mail address or user name')
  const found = await findByLogin(db, login)
  if (found === undefined) throw new Refusal(`Nobody signs in as ${login}.`)
  return found
}

/** Asked for twice, or made. `told`: it has to be printed, for nobody has typed it. */
async function newPassword(context: Context, generate = false): Promise<{ password: string; told: boolean }> {
  const { io } = context
  const first = generate ? undefined : await io.ask('Password: ', true)
  if (first === undefined) return { password: generatePassword(), told: true }
  if (first.length < PASSWORD_LENGTH_MIN)
    throw new Refusal(`A password has at least ${PASSWORD_LENGTH_MIN} characters.`)
  if (await isGuessed(context, first))
    throw new Refusal('This password is among those that are guessed first; choose another.')
  if ((await io.ask('Again: ', true)) !== first) throw new Refusal('The two are not the same; nothing was changed.')
  return { password: first, told: false }
}

export async function createUser(context: Context, options: Options): Promise<void> {
  const binding = bindingOf(options)
  const { email = null, username = null } = options
  const login = email ?? username
  if (login === null) throw new UsageProblem('--email or --username is missing')
  const name = options.name ?? login
  if (email !== null) check('--email', accountEmail, email)
  if (username !== null) check('--username', accountUsername, username)
  check('--name', accountName, name)
  const { password, told } = await newPassword(context, options.generate)
  await createAccount(context.db, OPERATOR, { ...binding, name, email, username, password, issued: told })
  context.io.out(`${login} may sign in as ${binding.role}.`)
  if (told) context.io.out(`Password, to be changed at the first sign-in, shown this once: ${password}`)
}

export async function inviteUser(context: Context, options: Options): Promise<void> {
  const binding = bindingOf(options)
  if (binding.label === undefined) throw new UsageProblem('--label is missing')
  const request = { ...binding, label: binding.label, note: '' }
  const { token, expiresAt } = await invite(context.db, OPERATOR, request, context.now)
  context.io.out(`${context.publicUrl}/invitation#${token}`)
  context.io.out(`It works once, until ${expiresAt.toISOString()}.`)
}

export async function list(context: Context, options: Options): Promise<void> {
  if (options.role !== undefined && !isRole(options.role)) throw new UsageProblem(`there is no role "${options.role}"`)
  const found = await listAccounts(context.db, {
    role: options.role,
    area: options.area?.[0],
    text: options.text,
    limit: LIST_MAX,
  })
  for (const account of found) {
    const login = account.email ?? account.username ?? ''
    const places = account.facility === null ? account.areas.join(',') : `facility ${account.facility}`
    const marks = [account.disabled && 'disabled', account.drill && 'drill'].filter(Boolean).join(' ')
    context.io.out(
      `${login.padEnd(36)} ${(account.role ?? 'no role').padEnd(18)} ${places.padEnd(16)} ${marks}`.trimEnd(),
    )
  }
  context.io.err(`${found.length} accounts`)
}

export async function changeRole(context: Context, login: string | undefined, options: Options): Promise<void> {
  const account = await accountOf(context, login)
  const binding = bindingOf(options)
  await setRole(context.db, OPERATOR, account.id, binding)
  context.io.out(`${login} is ${binding.role} now; in force on every screen.`)
}

export async function setDisabled(context: Context, login: string | undefined, disabled: boolean): Promise<void> {
  const account = await accountOf(context, login)
  await disable(context.db, OPERATOR, account.id, disabled)
  context.io.out(disabled ? `${login} is disabled, and signed out everywhere.` : `${login} may sign in again.`)
}

export async function changePassword(context: Context, login: string | undefined, options: Options): Promise<void> {
  const account = await accountOf(context, login)
  const { password, told } = await newPassword(context, options.generate)
  await resetPassword(context.db, OPERATOR, account.id, { password, issued: told })
  context.io.out(`${login} has a new password, and is signed out everywhere.`)
  if (told) context.io.out(`Password, to be changed at the first sign-in, shown this once: ${password}`)
}

export async function dropFactors(context: Context, login: string | undefined): Promise<void> {
  const account = await accountOf(context, login)
  const factors = await resetFactors(context.db, OPERATOR, account.id)
  context.io.out(`${factors} second factors of ${login} are removed, and their recovery codes; signed out everywhere.`)
}

export async function signOut(context: Context, login: string | undefined): Promise<void> {
  const account = await accountOf(context, login)
  const sessions = await signOutAccount(context.db, OPERATOR, account.id)
  context.io.out(`${sessions} sessions of ${login} have ended.`)
}
