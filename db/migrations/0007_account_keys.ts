import { type Kysely, sql } from 'kysely'

/**
 * Who holds a need is told apart by a key of the account, not by the call-sign, which two may share. The random ids are
 * published to the hub alone; it shows their keys (hub/situation/account-key.ts computes the same).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create function jitasa_account_key(account uuid) returns text language sql immutable strict parallel safe as
     $$ select left(encode(sha256(convert_to(account::text, 'UTF8')), 'hex'), 16) $$`,
  `revoke execute on function jitasa_account_key(uuid) from public`,
  `grant execute on function jitasa_account_key(uuid) to jitasa_auth`,
  `create index account_grants_key on account_grants (jitasa_account_key(account_id))`,
  `alter publication jitasa drop table needs`,
  `alter publication jitasa add table
     needs (id, case_id, district, kind, status, freed, opened_at, claimed_by, holder_label, claimed_at, lease_until, asked_at,
       offered_to, offered_label)`,
  `grant select (claimed_by, offered_to) on needs to jitasa_hub`,
]
