import { type Kysely, sql } from 'kysely'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { foldedText } from '../../hub/contract/vocabulary/text.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

/** Somebody who could take a need over, as far as others may know them. `key`: how boards tell accounts apart. */
export type Colleague = { key: string; label: string; role: Role }

export type ColleagueSearch = {
  /** where the need is: 4 digits */
  readonly district: string
  readonly roles: readonly Role[]
  /** the account that has it now */
  readonly except: string | null
  /** part of a call-sign */
  readonly text: string | null
  readonly limit: number
}

/** Accounts of these roles whose areas hold the district, by call-sign. Drill accounts are void in a live operation. */
export async function findColleagues(db: Kysely<AccountsDatabase>, search: ColleagueSearch): Promise<Colleague[]> {
  const { district, roles, except, text, limit } = search
  const { rows } = await sql<Colleague>`
    select jitasa_account_key(account_id) as key, label, role from account_grants
    where not disabled and role = any (${roles}::text[]) and areas && ${['TH', district.slice(0, 2), district]}::text[]
      and account_id is distinct from ${except}::uuid
      and (${text}::text is null or strpos(jitasa_folded(label), nullif(${text === null ? null : foldedText(text)}::text, '')) > 0)
      and (not drill or exists (select from operation where kind <> 'live'))
    order by label, key limit ${limit}`.execute(db)
  return rows
}

/** @returns the account that boards show under this key */
export async function accountOfKey(db: Kysely<AccountsDatabase>, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from account_grants where jitasa_account_key(account_id) = ${key}`.execute(db)
  return rows[0]?.account_id
}
