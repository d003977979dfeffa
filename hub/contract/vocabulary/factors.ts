import { ROLES } from './roles.ts'

/** What an account can have beside its password. */
export const FACTOR_KINDS = ['totp', 'passkey'] as const
export type FactorKind = (typeof FACTOR_KINDS)[number]

/** What a session's second factor was. `agency`: an OpenID Connect provider said that it asked for one. */
export const SESSION_FACTORS = ['totp', 'passkey', 'recovery', 'agency'] as const
export type SessionFactor = (typeof SESSION_FACTORS)[number]

/** How somebody shows again that they are there: by a factor of theirs, or by the password where they have none. */
export const PROOFS = ['passkey', 'totp', 'recovery', 'password'] as const
export type Proof = (typeof PROOFS)[number]

/** `prove`: the account has a factor, and this session has not shown it. `set_up`: one is demanded, and there is none. */
export const OWED = ['prove', 'set_up'] as const
export type Owed = (typeof OWED)[number]

/** Whom rules of signing in are for. A screen has a pass of its own that nobody renews by hand. */
export const RULED_ROLES = [...ROLES.filter((role) => role !== 'screen'), 'unbound'] as const
export type RuledRole = (typeof RULED_ROLES)[number]

export const FACTORS_MAX = 10
export const FACTOR_NAME_LENGTH_MAX = 60
export const RECOVERY_CODES = 8
export const IDLE_MINUTES = { min: 5, max: 7 * 24 * 60 } as const
export const LIFE_HOURS = { min: 1, max: 30 * 24 } as const
