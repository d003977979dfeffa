import { type Kysely, sql } from 'kysely'

/**
 * Somebody is seen through a case or register of the own area that points to them (0001, 0003), so pointing to them
 * must not be a way to see them: only a person whom nobody points to yet, or who is of the own area already, may be linked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // As its owner it sees every link; the rule by area is asked by hand. Inside a policy, people's own policies would recur.
  `create function jitasa_may_link(person uuid) returns boolean language sql stable security definer set search_path = public
     begin atomic
       select coalesce(bool_or(jitasa_sees(district)), true) from (
         select district from case_private join cases on cases.id = case_id where person_id = person
         union all select district from vulnerable where person_id = person
       ) as links;
     end`,
  `revoke execute on function jitasa_may_link from public`,
  `grant execute on function jitasa_may_link to jitasa_api`,
  ...['case_private', 'vulnerable'].map(
    (table) => `create policy links_own on ${table} as restrictive to jitasa_api
       using (true) with check (person_id is null or jitasa_may_link(person_id))`,
  ),
]
