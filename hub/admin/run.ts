import { createClient } from '../../db/client.ts'
import { exitCodeOf, readArguments, UsageProblem } from '../../db/command-line.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import type { Io } from '../../db/terminal.ts'
import * as accounts from './accounts.ts'
import { verifyAudit } from './audit-verify.ts'
import { erasePerson, keepPerson } from './erase-person.ts'
import { endKey, listKeys, makeKey } from './keys.ts'
import { setDay, tailAudit } from './operation.ts'
import { rotateKey } from './rotate-data-key.ts'
import { USAGE } from './usage.ts'
import { whoSaw } from './who-saw.ts'

export type RunOptions = {
  readonly ownerUrl: string
  readonly authUrl: string
  readonly publicUrl: string
  /** PASSWORD_WORDS */
  readonly passwordWords?: readonly string[]
  /** AUTH_SECRET, under which tracking codes are kept */
  readonly secret: () => Promise<string>
  readonly now: Date
  readonly io: Io
}

const OPTIONS = {
  role: { type: 'string' },
  area: { type: 'string', multiple: true },
  facility: { type: 'string', multiple: true },
  label: { type: 'string' },
  name: { type: 'string' },
  email: { type: 'string' },
  username: { type: 'string' },
  text: { type: 'string' },
  generate: { type: 'boolean' },
  kind: { type: 'string' },
  yes: { type: 'boolean' },
  last: { type: 'string' },
  action: { type: 'string', multiple: true },
  days: { type: 'string' },
  resource: { type: 'string' },
  follow: { type: 'boolean' },
  heads: { type: 'string' },
  person: { type: 'string' },
} as const

export function parse(argv: readonly string[]) {
  const { values, positionals } = readArguments(argv, OPTIONS)
  const [command, subject, ...more] = positionals
  if (more.length > 0) throw new UsageProblem(`too much was given: ${more.join(' ')}`)
  return { command, subject, options: values }
}

type Parsed = ReturnType<typeof parse>

async function dispatch({ command, subject, options }: Parsed, given: RunOptions): Promise<void> {
  if (command === 'set-day' || command === 'audit') {
    const db = createClient(given.ownerUrl, { connectionsMax: 1, applicationName: 'jitasa admin' })
    try {
      return await (command === 'audit'
        ? tailAudit({ ...given, db }, { ...options, action: options.action?.at(-1) })
        : setDay({ ...given, db }, subject, options))
    } finally {
      await db.destroy()
    }
  }
  if (command === 'audit-verify') return verifyAudit(given, options)
  if (command === 'rotate-data-key') return rotateKey(given)
  if (command === 'who-saw') return whoSaw(given, options)
  if (command === 'erase-person') return erasePerson(given, options)
  if (command === 'keep-person') return keepPerson(given, options)
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
      case 'reset-factors':
        return await accounts.dropFactors(context, subject)
      case 'sign-out':
        return await accounts.signOut(context, subject)
      case 'create-key':
        return await makeKey(context, options)
      case 'list-keys':
        return await listKeys(context)
      case 'revoke-key':
        return await endKey(context, subject)
      default:
        throw new UsageProblem(command === undefined ? 'a command is missing' : `there is no command "${command}"`)
    }
  } finally {
    await db.destroy()
  }
}

/** Runs one command. @returns the exit code: 0 done, 1 refused, 2 wrongly typed. */
export function run(argv: readonly string[], options: RunOptions): Promise<number> {
  const work = async () => {
    await dispatch(parse(argv), options)
    return 0
  }
  return exitCodeOf({ help: USAGE, run: work }, argv, options.io)
}
