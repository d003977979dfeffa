import { type Kysely, sql } from 'kysely'

/**
 * What the wall of a facility shows of what row-level security keeps in its area: how many are sent to it and until when beds are held
 * for them, its occupied beds at the end of days, its doses. Counts alone: no case, no person, no district anybody comes from.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const FUNCTIONS: Readonly<Record<string, string>> = {
  'jitasa_facility_coming(wanted integer)': `returns table (level text, status text, until timestamptz, people integer)
    language sql stable security definer set search_path = public as $sql$
      select level, status, held_until, count(*)::integer from transfers
        where to_facility = wanted and status in ('approved', 'accepted', 'transport', 'en_route')
        group by level, status, held_until;
    $sql$`,
  'jitasa_facility_census(wanted integer, since date)': `returns table (day date, level text, occupied integer)
    language sql stable security definer set search_path = public as $sql$
      select day, level, occupied from bed_census where facility_id = wanted and day >= since;
    $sql$`,
  'jitasa_facility_doses(wanted integer, since date)': `returns table (day date, doses integer)
    language sql stable security definer set search_path = public as $sql$
      select day, sum(doses)::integer from vaccinations where facility_id = wanted and day >= since group by day;
    $sql$`,
}

const STATEMENTS = Object.entries(FUNCTIONS).flatMap(([name, body]) => [
  `create function ${name} ${body}`,
  `revoke execute on function ${name} from public`,
  `grant execute on function ${name} to jitasa_api`,
])
