import { parseArgs } from 'node:util'
import { createClient } from '../../db/client.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { ApiError } from '../contract/refusals/api-error.ts'
import * as accounts from './accounts.ts'
import type { Io } from './io.ts'
import { setDay, tailAudit } from './operation.ts'
import { USAGE, UsageError } from './usage.ts'

export type RunOptions = {
  readonly ownerUrl: string
  readonly authUrl: string
  readonly publicUrl: string
  readonly now: Date
  readonly io: Io
}

const OPTIONS = {
  role: { type: 'string' },
  area: { type: 'string', multiple: true },
  facility: { type: 'string' },
  label: { type: 'string' },
  name: { type: 'string' },
  email: { type: 'string' },
  username: { type: 'string' },
  text: { type: 'string' },
  generate: { type: 'boolean' },
  kind: { type: 'string' },
  yes: { type: 'boolean' },
  last: { type: 'string' },
  action: { type: 'string' },
  resource: { type: 'string' },
  follow: { type: 'boolean' },
} as const

export function parse(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
    const [command, subject, ...more] = positionals
    if (more.length > 0) throw new UsageError(`too much was given: ${more.join(' ')}`)
    return { command, subject, options: values }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

type Parsed = ReturnType<typeof parse>

async function dispatch({ command, subject, options }: Parsed, given: RunOptions): Promise<void> {
  if (command === 'set-day' || command === 'audit') {
    const db = createClient(given.ownerUrl, { connectionsMax: 1, applicationName: 'jitasa admin' })
    try {
      return await (command === 'audit'
        ? tailAudit({ ...given, db }, options)
        : setDay({ ...given, db }, subject, options))
    } finally {
      await db.destroy()
    }
  }
  const db = createAccountsClient(given.authUrl)
  const context = { ...given, db }
  try {
    switch (command) {
      case 'create-user':
        return await accounts.createUser(context, options)
      case 'invite':
        return await accounts.inviteUser(context, options)
      case 'list':
        return await accounts.list(context, options)
      case 'set-role':
        return await accounts.changeRole(context, subject, options)
      case 'disable':
        return await accounts.setDisabled(context, subject, true)
      case 'enable':
        return await accounts.setDisabled(context, subject, false)
      case 'reset-password':
        return await accounts.changePassword(context, subject, options)
      case 'sign-out':
        return await accounts.signOut(context, subject)
      default:
        throw new UsageError(command === undefined ? 'a command is missing' : `there is no command "${command}"`)
    }
  } finally {
    await db.destroy()
  }
}

/** Runs one command. @returns the exit code: 0 done, 1 refused, 2 wrongly typed. */
export async function run(argv: readonly string[], options: RunOptions): Promise<0 | 1 | 2> {
  try {
    await dispatch(parse(argv), options)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      options.io.err(`${error.message}\n\n${USAGE}`)
      return 2
    }
    if (error instanceof accounts.Refusal || error instanceof ApiError) {
      options.io.err(error.message)
      return 1
    }
    throw error
  }
}
