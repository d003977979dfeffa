import { type Kysely, sql } from 'kysely'

/**
 * A claim of resources ends by itself and may be kept; what was delivered has its quantity, and the rest stays asked for.
 * Accounts of a sub-district report tests and doses, which are counted by district.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const PART = `(select jitasa_has_subdistrict()) and jitasa_sees_part(district)`

const STATEMENTS = [
  `create function jitasa_sees_part(district text) returns boolean language sql stable parallel safe
     return exists (select from unnest(string_to_array(current_setting('jitasa.areas', true), ',')) as own
       where length(own) = 6 and left(own, 4) = district)`,
  ...['tests', 'vaccinations'].flatMap((table) => [
    `create policy part_reads on ${table} for select to jitasa_api using (${PART})`,
    `create policy part_inserts on ${table} for insert to jitasa_api with check (${PART})`,
  ]),
  `alter table resource_events drop constraint resource_events_kind_check,
     add constraint resource_events_kind_check
       check (kind in ('requested', 'claimed', 'kept', 'released', 'expired', 'delivered', 'closed')),
     add column quantity integer check (quantity between 1 and 100000)`,
  `create index resources_claimed on resources (claimed_at) where status = 'claimed'`,
]
