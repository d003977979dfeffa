import { UsageProblem } from '../../db/command-line.ts'
import { keyBody } from '../contract/api/keys.ts'
import { fieldErrors } from '../contract/refusals/fields.ts'
import { createKey, keysOf, revokeKey } from '../http/auth/api-keys.ts'
import { type Context, OPERATOR } from './accounts.ts'

export type KeyOptions = {
  readonly label?: string | undefined
  readonly action?: readonly string[] | undefined
  readonly area?: readonly string[] | undefined
  readonly facility?: readonly string[] | undefined
  readonly days?: string | undefined
}

const count = (option: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageProblem(`${option} takes a number, not "${text}"`)
  return Number(text)
}

export async function makeKey({ db, io, now }: Context, options: KeyOptions): Promise<void> {
  const { label, action = [], area = [], facility = [], days } = options
  const { data, error } = keyBody.safeParse({
    label,
    actions: action,
    areas: area,
    facilities: facility.map((id) => count('--facility', id)),
    ...(days === undefined ? {} : { days: count('--days', days) }),
  })
  if (error) {
    const wrong = fieldErrors('en', 'options', error).map(({ path, message }) => `--${path}: ${message}`)
    throw new UsageProblem(`a key is not possible so: ${wrong.join(' ')}`)
  }
  const { key, expiresAt } = await createKey(db, OPERATOR, null, data, now)
  io.out(key)
  io.err(
    `In force until ${expiresAt.toISOString()}. It is shown this once: give it to the system it is for, and nobody else.`,
  )
}

export async function listKeys({ db, io, now }: Context): Promise<void> {
  const keys = await keysOf(db, null)
  for (const key of keys) {
    const state = key.revoked_at
      ? 'revoked'
      : key.expires_at <= now
        ? 'expired'
        : `until ${key.expires_at.toISOString()}`
    const places = [...key.areas, ...key.facilities.map((id) => `facility ${id}`)].join(',')
    io.out(`${key.prefix} ${state.padEnd(30)} ${key.actions.join(',')} ${places} · ${key.label}`)
  }
  io.err(`${keys.length} keys`)
}

export async function endKey({ db, io, now }: Context, prefix: string | undefined): Promise<void> {
  if (prefix === undefined) throw new UsageProblem('the prefix or id of the key is missing; list-keys shows it')
  await revokeKey(db, OPERATOR, null, prefix, now)
  io.out(`The key ${prefix} is revoked.`)
}
