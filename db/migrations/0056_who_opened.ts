import { type Kysely, sql } from 'kysely'

/** How often a case's person was looked at, by role: what they are told themselves, without an account. No name, no time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create function jitasa_opened(asked bigint) returns table (role text, times integer)
     language sql stable security definer set search_path = public
     begin atomic
       with recursive merged (id) as (
         select asked union select cases.id from merged join cases on cases.merged_into = merged.id
       )
       select audit_log.role, count(*)::integer from audit_log
       where resource in (select 'case:' || id from merged) and action in ('case.reveal', 'case.complaint')
       group by audit_log.role;
     end`,
  `revoke execute on function jitasa_opened from public`,
  `grant execute on function jitasa_opened to jitasa_api`,
]
