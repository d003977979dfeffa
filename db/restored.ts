import type pg from 'pg'
import type { Role } from './roles.ts'

const ATTRIBUTES: Readonly<Record<Role, string>> = {
  jitasa_hub: 'login replication',
  jitasa_api: 'login',
  jitasa_auth: 'login',
  jitasa_jobs: 'login',
}

/** Roles are the cluster's and in no dump of a database. A restore into another cluster needs them before it begins. */
export async function makeRoles(owner: pg.Client): Promise<void> {
  for (const [role, attributes] of Object.entries(ATTRIBUTES)) {
    await owner.query(
      `do $$ begin create role ${role} ${attributes}; exception when duplicate_object or unique_violation then null; end $$`,
    )
  }
}

const POLICIES = `select c.relname || '.' || p.polname as name from pg_policy p join pg_class c on c.oid = p.polrelid
  where c.relnamespace = 'public'::regnamespace`

const NOTE = `obj_description(to_regclass('public.kysely_migration'), 'pg_class')`

/** Databases of before the note have none until their next migration. */
export async function hasNote(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ noted: boolean }>(`select ${NOTE} is not null as noted`)
  return rows[0]?.noted === true
}

/** Notes the policies that the migrations have made, where a dump takes the note along: on their own list. */
export async function notePolicies(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ sql: string }>(`
    select format('comment on table public.kysely_migration is %L', json_agg(name order by name)::text) as sql
    from (${POLICIES}) policies`)
  for (const { sql } of rows) await owner.query(sql)
}

/**
 * A restore that ran before the roles were there loses every policy and every right, and says so only in its own
 * output; the tables and the list of migrations look whole.
 * @throws Error with a sentence that says how to restore
 */
export async function assertRestoredWhole(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy where polrelid = c.oid)
    union
    select 'cases' where not has_table_privilege('jitasa_api', 'public.cases', 'select')
    union
    select 'the publication jitasa' where not exists (select from pg_publication where pubname = 'jitasa')
    union
    select noted from json_array_elements_text(${NOTE}::json) noted
    where noted not in (${POLICIES})
    order by name`)
  if (rows.length === 0) return
  throw new Error(
    `The database lacks policies, rights or its publication (${rows.map(({ name }) => name).join(', ')}): it was restored before its roles existed, and nothing in it is protected. Make an empty database, run \`npm run migrate -- --roles\` on it, restore the dump into it again without errors, then run \`npm run migrate\`.`,
  )
}
