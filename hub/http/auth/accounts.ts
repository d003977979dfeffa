import { setTimeout } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import type { Authorizer } from '../../authorize/authorizer.ts'
import type { Clock } from '../../runtime/clock.ts'
import {
  ACCOUNT_REQUESTS_PER_MINUTE,
  createGate,
  DEVICE_REQUESTS_PER_MINUTE,
  type Gate,
  KEY_REQUESTS_PER_MINUTE,
  type Limit,
  PASSWORD_CHECKS_MAX,
  PASSWORD_CHECKS_WAITING_MAX,
  perMinute,
  SIGN_INS_PER_MINUTE,
} from '../../runtime/limits.ts'
import type { Logger } from '../../runtime/logger.ts'
import { type BetterAuth, createBetterAuth, type OidcOptions, toldOfLosses } from './better-auth.ts'
import { createPassCookie, type PassCookie } from './cookies.ts'
import { createDeviceCookie, type DeviceCookie } from './device.ts'
import { createStrangersLine, type StrangersLine } from './strangers.ts'

export type AccountsOptions = {
  /** as role jitasa_auth */
  readonly db: Kysely<AccountsDatabase>
  readonly secret: string
  /** where people reach the hub, without a trailing slash; cookies are Secure when it is https */
  readonly publicUrl: string
  readonly authorizer: Authorizer
  readonly clock: Clock
  readonly logger: Logger
  readonly oidc?: (OidcOptions & { readonly name: string }) | undefined
  /** PASSWORD_WORDS */
  readonly passwordWords?: readonly string[]
}

/** What the routes of sessions, accounts and screens work with. */
export type Accounts = {
  readonly db: Kysely<AccountsDatabase>
  readonly better: BetterAuth
  readonly authorizer: Authorizer
  readonly cookie: PassCookie
  readonly device: DeviceCookie
  readonly secret: string
  readonly publicUrl: string
  /** what the sign-in button calls the agencies' provider; `null`: there is none */
  readonly oidcName: string | null
  /** no password is to be made of them */
  readonly passwordWords: readonly string[]
  readonly passwordChecks: Gate
  readonly strangers: StrangersLine
  readonly limits: { readonly signIn: Limit; readonly device: Limit; readonly account: Limit; readonly key: Limit }
}

export function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:')
}

export function createAccounts(options: AccountsOptions): Accounts {
  const { db, secret, publicUrl, authorizer, clock, logger, oidc } = options
  const secure = isSecure(publicUrl)
  const cookie = createPassCookie(secret, secure)
  return {
    db,
    better: toldOfLosses(createBetterAuth({ db, secret, publicUrl, secure, cookie, clock, logger, oidc })),
    authorizer,
    cookie,
    device: createDeviceCookie(secret, secure),
    secret,
    publicUrl,
    oidcName: oidc?.name ?? null,
    passwordWords: options.passwordWords ?? [],
    passwordChecks: createGate(PASSWORD_CHECKS_MAX, PASSWORD_CHECKS_WAITING_MAX),
    strangers: createStrangersLine((ms) => setTimeout(ms)),
    limits: {
      signIn: perMinute(SIGN_INS_PER_MINUTE),
      device: perMinute(DEVICE_REQUESTS_PER_MINUTE),
      account: perMinute(ACCOUNT_REQUESTS_PER_MINUTE),
      key: perMinute(KEY_REQUESTS_PER_MINUTE),
    },
  }
}
