import { type Kysely, sql } from 'kysely'

/**
 * Red requests that came in a flood of them and that nobody has confirmed: kept, on the board in a lane of their own. Whether there is a flood is
 * counted here for all hubs together.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table cases add column unverified boolean not null default false`,
  // Beside whatever columns are published now.
  `do $$ declare published text; begin
     select string_agg(quote_ident(name), ', ') into published from pg_publication_tables, unnest(attnames) as name
       where pubname = 'jitasa' and tablename = 'cases';
     alter publication jitasa drop table cases;
     execute format('alter publication jitasa add table cases (%s, unverified)', published);
   end $$`,
  `grant select (unverified) on cases to jitasa_hub`,

  `create index help_requests_recent on help_requests (left(district, 2), created_at)`,
  // Red requests of a province whose phone nobody has confirmed: of the minutes before, and of a usual span of as many minutes of the day before,
  // without those that a flood brought.
  `create function jitasa_help_pressure(province text, at timestamptz, minutes integer)
     returns table (recent integer, usual double precision)
     language sql stable security definer set search_path = public as $$
     select count(*) filter (where created_at > at - make_interval(mins => minutes))::integer,
       count(*) filter (where created_at <= at - make_interval(mins => minutes) and not cases.unverified) / (1440.0 / minutes - 1)
     from help_requests join cases on cases.id = case_id
     where left(help_requests.district, 2) = province and created_at > at - interval '1 day' and created_at <= at
       and cases.severity = 'red' and phone_verified_at is null $$`,
  `revoke execute on function jitasa_help_pressure from public`,
  `grant execute on function jitasa_help_pressure to jitasa_api`,
]
