import { Kysely, PostgresDialect } from 'kysely'
import { type ClientOptions, createPool } from '../client.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

/** A client as role jitasa_auth; `destroy()` ends its pool. */
export function createAccountsClient(url: string, options: ClientOptions = {}): Kysely<AccountsDatabase> {
  const pool = createPool(url, { applicationName: 'jitasa accounts', ...options })
  return new Kysely<AccountsDatabase>({ dialect: new PostgresDialect({ pool }) })
}
