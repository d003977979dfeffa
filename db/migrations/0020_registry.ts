import { type Kysely, sql } from 'kysely'

/**
 * The registry of facilities: more kinds, opening hours, address, capacity, closing, merging, a version for those who edit
 * at once; contacts of its desks, in no publication; its history. A facility without a hospital code has none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const KINDS = `'hospital', 'field', 'hospitel', 'ci', 'hi_hub', 'vaccination', 'test', 'oxygen', 'crematorium'`
const PUBLISHED = 'id, code, district, kind, name_th, name_en, lat, lon, active, reported_at, hours'

/** hub/authorize/table.ts: who keeps the registry, who a facility's own desk, and who reads of it. */
const KEEPERS = `'provincial_health', 'national', 'administrator'`
const STAFF = `'facility_staff', 'vaccination_staff'`
const READERS = `${KEEPERS}, 'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'district_chief', 'governor', 'auditor'`

const keeps = `(select jitasa_role_is(${KEEPERS}))`
const keepsDesk = `(select jitasa_role_is(${KEEPERS}, ${STAFF})) and jitasa_own_facility(facility_id)`
const reads = `(select jitasa_role_is(${READERS}, ${STAFF})) and jitasa_own_facility(facility_id)`
const seesFacility = `exists (select from facilities where facilities.id = facility_id)`

const STATEMENTS = [
  `alter table facilities
     alter column code drop not null,
     drop constraint facilities_kind_check,
     add constraint facilities_kind_check check (kind in (${KINDS})),
     add column hours text check (length(hours) <= 200),
     add column address text check (length(address) <= 300),
     add column capacity text check (length(capacity) <= 500),
     add column closed_at timestamptz check (isfinite(closed_at)),
     add column merged_into integer references facilities check (merged_into <> id),
     add column version integer not null default 1,
     add check (closed_at is null or not active),
     add check (merged_into is null or closed_at is not null),
     add check ((lat is null) = (lon is null)) not valid`,
  `alter table facilities alter column hours set storage main`,
  `create index facilities_district on facilities (district)`,
  `create index facilities_merged on facilities (merged_into) where merged_into is not null`,

  // A desk's phone, never a person's: what a role answers. In no publication.
  `create table facility_contacts (
     facility_id integer not null references facilities on delete cascade,
     desk text not null check (desk in ('switchboard', 'bed_desk', 'emergency', 'coordinator', 'stores')),
     phone text not null check (phone ~ '^\\+[1-9][0-9]{7,14}$'),
     note text check (length(note) between 1 and 120),
     primary key (facility_id, desk, phone)
   )`,
  // details: field → [before, after]; of contacts the desks alone, never a number.
  `create table facility_events (
     id bigint generated always as identity primary key,
     facility_id integer not null references facilities on delete cascade,
     at timestamptz not null,
     kind text not null check (kind in ('created', 'edited', 'desk', 'closed', 'reopened', 'merged', 'took_over')),
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 120),
     details jsonb not null default '{}' check (pg_column_size(details) < 8000),
     idempotency_key text
   )`,
  `create index facility_events_facility on facility_events (facility_id, id)`,

  ...['facility_contacts', 'facility_events'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `create policy own_area on ${table} to jitasa_api using (${seesFacility}) with check (${seesFacility})`,
    `create policy role_select on ${table} as restrictive for select to jitasa_api using (${reads})`,
    `create policy role_insert on ${table} as restrictive for insert to jitasa_api with check (${keepsDesk})`,
  ]),
  ...['update', 'delete'].map(
    (right) =>
      `create policy role_${right} on facility_contacts as restrictive for ${right} to jitasa_api using (${keepsDesk})`,
  ),
  `create policy role_insert on facilities as restrictive for insert to jitasa_api with check (${keeps})`,
  `grant select, insert, update, delete on facility_contacts to jitasa_api`,
  `grant select, insert on facility_events to jitasa_api`,
  `grant insert (code, district, kind, name_th, name_en, lat, lon, hours, address, capacity),
     update (code, district, kind, name_th, name_en, lat, lon, active, hours, address, capacity, closed_at, version)
     on facilities to jitasa_api`,

  // Row-level security lets whoever reports beds touch reported_at; what the registry says is its keepers' alone.
  `create function jitasa_guard_facility() returns trigger language plpgsql as $$ begin
     if current_user <> 'jitasa_api' or jitasa_role_is(${KEEPERS}) then return new; end if;
     if row (new.code, new.district, new.kind, new.name_th, new.name_en, new.lat, new.lon, new.active, new.address, new.capacity,
          new.closed_at, new.merged_into)
        is distinct from row (old.code, old.district, old.kind, old.name_th, old.name_en, old.lat, old.lon, old.active, old.address,
          old.capacity, old.closed_at, old.merged_into)
       or (row (new.hours, new.version) is distinct from row (old.hours, old.version)
         and not (jitasa_role_is(${STAFF}) and jitasa_own_facility(old.id))) then
       raise exception 'what the registry says of a facility is changed by its keepers' using errcode = 'insufficient_privilege';
     end if;
     return new;
   end $$`,
  `create trigger guard before update on facilities for each row execute function jitasa_guard_facility()`,

  // What is counted by the facility's district, and who works there, moves with it.
  `create function jitasa_facility_moved() returns trigger language plpgsql security definer set search_path = public as $$ begin
     update beds set district = new.district where facility_id = new.id;
     update vaccinations set district = new.district where facility_id = new.id;
     update account_grants set areas = array[new.district] where facility_id = new.id;
     update invitations set areas = array[new.district] where facility_id = new.id;
     return null;
   end $$`,
  `create trigger moved after update of district on facilities for each row
     when (old.district <> new.district) execute function jitasa_facility_moved()`,

  // Codes are one list for the country; whose a code is, is said to whoever tries to take it.
  `create function jitasa_facilities_of_codes(wanted text[])
     returns table (code text, id integer, district text, name_th text, name_en text)
     language sql stable security definer set search_path = public
     begin atomic select f.code, f.id, f.district, f.name_th, f.name_en from facilities f where f.code = any (wanted); end`,

  // Two entries of one place become one. @returns a bed level whose held beds are more than the kept count can hold, or null.
  `create function jitasa_merge_facility(gone integer, kept integer) returns text
     language plpgsql security definer set search_path = public as $$
     declare g facilities; k facilities; short text; begin
       if not jitasa_role_is(${KEEPERS}) then
         raise exception 'facilities are merged by the keepers of the registry' using errcode = 'insufficient_privilege';
       end if;
       perform from facilities where id in (gone, kept) order by id for update;
       select * into g from facilities where id = gone and jitasa_sees(district);
       select * into k from facilities where id = kept and jitasa_sees(district);
       if g.id is null or k.id is null or g.id = k.id or g.merged_into is not null or k.merged_into is not null then
         raise exception 'these two cannot be merged' using errcode = 'invalid_parameter_value';
       end if;
       -- Both count the same beds: of each level the newer count stands.
       delete from beds old using beds newer
         where old.facility_id = kept and newer.facility_id = gone and newer.level = old.level and newer.reported_at > old.reported_at;
       delete from beds where facility_id = gone and level in (select level from beds where facility_id = kept);
       update beds set facility_id = kept, district = k.district where facility_id = gone;
       update bed_reports set facility_id = kept where facility_id = gone;
       update vaccinations set facility_id = kept, district = k.district where facility_id = gone;
       update cases set facility_id = kept where facility_id = gone;
       update transfers set to_facility = kept where to_facility = gone;
       -- What transfers hold at either is held at the one that stays.
       with wanted as (select level, count(*) as held from transfers where to_facility = kept and bed_held group by level)
       update beds set available = available - (wanted.held - beds.held), held = wanted.held
         from wanted where facility_id = kept and beds.level = wanted.level and beds.held < wanted.held
           and available >= wanted.held - beds.held;
       select level into short from (select level, count(*) as held from transfers where to_facility = kept and bed_held group by level) w
         join beds using (level) where facility_id = kept and beds.held < w.held order by level limit 1;
       if short is not null then return short; end if;
       update account_grants set facility_id = kept, areas = array[k.district] where facility_id = gone;
       update invitations set facility_id = kept, areas = array[k.district] where facility_id = gone;
       -- 0023 makes them: keys of machines that report for the one report for the other.
       update api_keys set facilities = array(select distinct unnest(array_replace(facilities, gone, kept))) where gone = any (facilities);
       insert into facility_contacts select kept, desk, phone, note from facility_contacts where facility_id = gone on conflict do nothing;
       delete from facility_contacts where facility_id = gone;
       update facilities set merged_into = kept where merged_into = gone;
       update facilities set code = case when k.code is not null then code end, active = false,
         closed_at = coalesce(closed_at, now()), merged_into = kept, version = version + 1 where id = gone;
       update facilities set code = coalesce(code, g.code), lat = coalesce(lat, g.lat), lon = coalesce(lon, g.lon),
         hours = coalesce(hours, g.hours), address = coalesce(address, g.address), capacity = coalesce(capacity, g.capacity),
         reported_at = greatest(reported_at, g.reported_at), version = version + 1 where id = kept;
       return null;
     end $$`,
  ...['jitasa_facilities_of_codes', 'jitasa_merge_facility'].flatMap((name) => [
    `revoke execute on function ${name} from public`,
    `grant execute on function ${name} to jitasa_api`,
  ]),

  `alter publication jitasa drop table facilities`,
  `alter publication jitasa add table facilities (${PUBLISHED})`,
  `grant select (hours) on facilities to jitasa_hub`,
]
