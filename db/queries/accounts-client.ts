import { Kysely } from 'kysely'
import { noteLoss } from '../away.ts'
import { type ClientOptions, createPool } from '../client.ts'
import { PipelinedDialect } from '../pipelined.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

/** A client as role jitasa_auth; `destroy()` ends its pool. Libraries work on it, so what it loses is noted. */
export function createAccountsClient(url: string, options: ClientOptions = {}): Kysely<AccountsDatabase> {
  const pool = createPool(url, { applicationName: 'jitasa accounts', ...options, pipeline: true })
  const noted = {
    options: pool.options,
    end: () => pool.end(),
    connect: () =>
      pool.connect().catch((error: unknown) => {
        noteLoss(error)
        throw error
      }),
  }
  return new Kysely<AccountsDatabase>({
    dialect: new PipelinedDialect({ pool: noted }),
    log: (event) => {
      if (event.level === 'error') noteLoss(event.error)
    },
  })
}
