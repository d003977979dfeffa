import type { AccountRow } from '../../db/queries/accounts.ts'
import type { Grant } from './grant.ts'

/** An account's grant as the database says it: what the stream will say, too. */
export function grantOf(account: AccountRow): Grant {
  return {
    account: account.id,
    role: account.role ?? 'unbound',
    areas: account.areas,
    facility: account.facility,
    label: account.label ?? '',
    version: account.version,
    drill: account.drill,
  }
}
