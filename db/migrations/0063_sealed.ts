import { type Kysely, sql } from 'kysely'
import { SEALED_TABLES } from '../personal/columns.ts'
import { makeDataKey } from '../personal/keyring.ts'
import { sealTable } from '../personal/seal-clear.ts'

/**
 * Who somebody is, where exactly, and what was written of them is sealed: each value under a data key, which stands here
 * wrapped by a key that the database never sees. Phones and ID numbers are found by a keyed hash.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of KEYS) await sql.raw(statement).execute(db)
  const key = await makeDataKey(db)
  for (const table of SEALED_TABLES) await sealTable(db, table, key)
  for (const statement of FOUND) await sql.raw(statement).execute(db)
}

const KEYS = [
  `create table data_keys (
     id integer primary key check (id between 1 and 65535),
     wrapped bytea not null,
     -- names what wrapped it
     wrapped_by text not null check (length(wrapped_by) between 1 and 64),
     made_at timestamptz not null default now()
   )`,
  `alter table data_keys enable row level security`,
  // Of no use to anybody who has not what wrapped it.
  `create policy everyone_reads on data_keys for select to jitasa_api using (true)`,
  `grant select on data_keys to jitasa_api`,
]

const FOUND = [
  `create index people_phone on people (phone_hash) where phone_hash is not null`,
  `create index people_second_phone on people (second_phone_hash) where second_phone_hash is not null`,
  `create index people_id_number on people (id_number_hash) where id_number_hash is not null`,
]
