import { type Kysely, sql } from 'kysely'

/**
 * A count by hand with fewer occupied beds than people who, as is known here, lie in them: it waits for the bed
 * coordinator, who takes or refuses it. One a facility and level; the decisions stand in the facility's history.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const OWN = 'jitasa_own_facility(facility_id)'
const REPORTS = `jitasa_role_is('facility_staff', 'bed_coordinator', 'provincial_health', 'machine')`
const DECIDES = `jitasa_role_is('bed_coordinator', 'provincial_health')`
const STATES = ['staffed', 'available', 'held', 'occupied', 'cleaning', 'blocked']
const PUBLISHED = 'facility_id, level, district, occupied, known, source_at'
const EVENTS = `'created', 'edited', 'desk', 'closed', 'reopened', 'merged', 'took_over', 'count_taken', 'count_refused'`

const STATEMENTS = [
  `create table reconciliations (
     facility_id integer not null references facilities,
     level text storage main not null check (level in ('0', '1', '2.1', '2.2', '3')),
     district text storage main not null references areas check (length(district) = 4),
     ${STATES.map((state) => `${state} integer not null check (${state} between 0 and 1000000)`).join(', ')},
     known integer not null check (known > occupied),
     source_at timestamptz not null check (isfinite(source_at)),
     opened_at timestamptz not null,
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 120),
     key text not null,
     primary key (facility_id, level),
     check (staffed = available + held + occupied + cleaning + blocked)
   )`,
  `create unique index reconciliations_identity on reconciliations (facility_id, level, district)`,
  `alter table reconciliations replica identity using index reconciliations_identity`,
  `alter table reconciliations enable row level security`,
  `create policy hub_reads on reconciliations for select to jitasa_hub using (true)`,
  `create policy own_area on reconciliations to jitasa_api using (jitasa_sees(district)) with check (jitasa_sees(district))`,
  ...['insert with check', 'update using', 'delete using'].map((clause) => {
    const [right, ...rest] = clause.split(' ')
    return `create policy role_${right} on reconciliations as restrictive for ${right} to jitasa_api
      ${rest.join(' ')} ((select ${REPORTS}) and ${OWN})`
  }),
  `grant select, insert, update, delete on reconciliations to jitasa_api`,
  `alter publication jitasa add table reconciliations (${PUBLISHED})`,
  `grant select (${PUBLISHED}) on reconciliations to jitasa_hub`,

  // A house sees how many of its beds are known to be occupied, be their people of another district.
  `create function jitasa_known_in_beds(facility integer) returns table (level text, known integer)
     language sql stable security definer set search_path = public as $$
       select bed_level, count(*)::int from cases
       where facility_id = facility and bed_level is not null and (${REPORTS}) and jitasa_own_facility(facility)
       group by bed_level $$`,
  `revoke execute on function jitasa_known_in_beds from public`,
  `grant execute on function jitasa_known_in_beds to jitasa_api`,
  `create index if not exists cases_in_bed on cases (facility_id) where bed_level is not null`,

  `alter table facility_events drop constraint facility_events_kind_check,
     add constraint facility_events_kind_check check (kind in (${EVENTS}))`,
  `alter policy role_insert on facility_events with check (
     (select jitasa_role_is('provincial_health', 'national', 'administrator', 'facility_staff', 'vaccination_staff')) and ${OWN}
     or (select ${DECIDES}) and kind in ('count_taken', 'count_refused'))`,

  // A house that is closed or merged has no count that waits; one that moves takes it along.
  `create function jitasa_reconciliations_moved() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if not new.active then delete from reconciliations where facility_id = new.id;
     else update reconciliations set district = new.district where facility_id = new.id;
     end if;
     return null;
   end $$`,
  `create trigger reconciliations_moved after update on facilities for each row
     when (old.district <> new.district or old.active <> new.active) execute function jitasa_reconciliations_moved()`,
  `revoke execute on function jitasa_reconciliations_moved from public`,
]
