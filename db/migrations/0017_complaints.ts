import { type Kysely, sql } from 'kysely'

/**
 * What a person says of their condition, each time they say it: symptoms, oxygen saturation, risks, age. Kept since
 * whoever triages decides by it. Health data: in no publication, and read by those who triage or hold alone.
 * And the function by which an administrator sets the operation's day.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** Who records it, and who works with it: the roles that meet people, as for case_private in 0004. */
const WRITERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'facility_staff', 'district_chief',
  'provincial_health', 'public'`
const READERS = `${WRITERS}, 'governor'`

const STATEMENTS = [
  `create table complaints (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     district text not null references areas check (length(district) = 4),
     symptoms text[] not null,
     risks text[] not null,
     spo2 smallint check (spo2 between 0 and 100),
     age smallint check (age between 0 and 150),
     said_by text not null check (length(said_by) between 1 and 80),
     said_at timestamptz not null
   )`,
  `create index complaints_case on complaints (case_id)`,
  `alter table complaints enable row level security`,
  `create policy own_area on complaints to jitasa_api using (jitasa_sees(district)) with check (jitasa_sees(district))`,
  `create policy role_select on complaints as restrictive for select to jitasa_api
     using ((select jitasa_role_is(${READERS})))`,
  `create policy role_insert on complaints as restrictive for insert to jitasa_api
     with check ((select jitasa_role_is(${WRITERS})))`,
  `grant select, insert on complaints to jitasa_api`,

  // Administrators set the day on a page; nobody else's transaction writes this row.
  `create function jitasa_set_operation(wanted_day date, wanted_kind text) returns void
     language plpgsql security definer set search_path = public as $$ begin
       if current_setting('jitasa.role', true) is distinct from 'administrator' then
         raise exception 'only an administrator sets the day of the operation' using errcode = 'insufficient_privilege';
       end if;
       update operation set day = wanted_day, kind = coalesce(wanted_kind, kind);
     end $$`,
  `revoke execute on function jitasa_set_operation from public`,
  `grant execute on function jitasa_set_operation to jitasa_api`,
]
