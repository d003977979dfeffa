import type { Kysely } from 'kysely'
import { audit } from '../../../db/queries/accounts-audit.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { type OperationDay, setOperation } from '../../../db/queries/operation.ts'
import { countSetupAccounts, readSetup } from '../../../db/queries/setup.ts'
import type { CommandContext } from '../command/run.ts'

/** Sets the day that every screen counts as today, and the kind of the operation where one is named. */
export async function setDay({ trx, by, requestId }: CommandContext, day: string, kind: OperationDay['kind'] | null) {
  const { from, now } = await setOperation(trx, day, kind)
  await audit(trx, {
    actor: by.account,
    role: by.role,
    requestId,
    action: 'operation.set_day',
    resource: 'operation:1',
    details: { from: from.day, to: now.day, kind: now.kind },
  })
  return { from, now }
}

/** What a new operation still needs. */
export async function showSetup({ trx }: CommandContext, accounts: Kysely<AccountsDatabase>) {
  const { day, kind, ...counts } = await readSetup(trx)
  const operation = day === null || kind === null ? null : { day, kind }
  return { operation, ...counts, ...(await countSetupAccounts(accounts)) }
}
