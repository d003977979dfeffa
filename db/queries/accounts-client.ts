import { Kysely, PostgresDialect } from 'kysely'
import { createPool } from '../client.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

const CONNECTIONS_MAX = 5

/** A client as role jitasa_auth; `destroy()` ends its pool. */
export function createAccountsClient(url: string): Kysely<AccountsDatabase> {
  return new Kysely<AccountsDatabase>({
    dialect: new PostgresDialect({
      pool: createPool(url, { connectionsMax: CONNECTIONS_MAX, applicationName: 'jitasa accounts' }),
    }),
  })
}
