import { type Kysely, sql, type Transaction } from 'kysely'
import { sendAhead } from '../pipelined.ts'

/**
 * On whose behalf a transaction runs; a `Grant` fits. `role` 'public' with the one area they name is somebody
 * without an account who asks for help.
 */
export type RlsContext = {
  readonly account: string | null
  readonly role: string
  readonly areas: readonly string[]
  readonly facility: number | null
  /** of role `machine`: those its key is of; none when the key is of areas */
  readonly facilities?: readonly number[] | undefined
  /** for what the transaction adds to the audit log */
  readonly origin?: Origin | undefined
}

/** From where a request came. `session`: the hash of its token, as `session_revocations` keeps it. */
export type Origin = { readonly address: string | null; readonly session: string | null }

/** The context of a person without an account, who touches only the place the request is for, and where a merge has led it. */
export function publicContext(...areas: readonly string[]): RlsContext {
  return { account: null, role: 'public', areas, facility: null }
}

/** Runs `work` in one transaction whose row-level security is the account's; the settings end with it. */
export async function withAccount<Database, T>(
  db: Kysely<Database>,
  context: RlsContext,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await setContext(trx, context)
    return work(trx)
  })
}

/** Sets the context of a transaction that has begun, with its next statement. */
export async function setContext<Database>(trx: Transaction<Database>, context: RlsContext): Promise<void> {
  const set = sql`select
    set_config('jitasa.account', ${context.account ?? ''}, true),
    set_config('jitasa.role', ${context.role}, true),
    set_config('jitasa.areas', ${context.areas.join(',')}, true),
    set_config('jitasa.facility', ${context.facility === null ? '' : String(context.facility)}, true),
    set_config('jitasa.facilities', ${(context.facilities ?? []).join(',')}, true),
    set_config('jitasa.address', ${context.origin?.address ?? ''}, true),
    set_config('jitasa.session', ${context.origin?.session ?? ''}, true)`
  await sendAhead(trx, set)
}
