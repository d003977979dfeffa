import { type Kysely, sql } from 'kysely'
import { streamed } from './0021_measured.ts'

/** What facilities and communities ask for, who brings it, and its history. No words and nobody's name: all of it may travel. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STAFF = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'district_chief', 'provincial_health', 'governor'`
const ASKING = `'facility_staff', 'vaccination_staff'`
const PUBLISHED =
  'id, kind, quantity, urgent, district, place, facility_id, status, requested_label, requested_at, claimed_by, holder_label, claimed_at'
const WRITER = `(select jitasa_role_is(${STAFF}, ${ASKING}))`
const HERE = `jitasa_sees(district) and ${WRITER}`
/** Staff of a facility ask for their own, and change no other's. */
const OWN = `((select jitasa_role_is(${STAFF})) or facility_id = (select nullif(current_setting('jitasa.facility', true), '')::integer))`

const STATEMENTS = [
  `create table resources (
     id bigint generated always as identity primary key,
     kind text storage main not null check (kind in ('oxygen', 'kit', 'medicine', 'food', 'ppe', 'vehicle')),
     quantity integer not null check (quantity between 1 and 100000),
     urgent boolean not null,
     district text storage main not null references areas check (length(district) = 4),
     place text storage main not null references areas check (left(place, 4) = district),
     facility_id integer references facilities,
     status text storage main not null default 'open' check (status in ('open', 'claimed', 'delivered', 'closed')),
     requested_by uuid not null,
     requested_label text storage main not null check (length(requested_label) between 1 and 80),
     requested_at timestamptz not null check (isfinite(requested_at)),
     claimed_by uuid,
     holder_label text storage main check (length(holder_label) between 1 and 80),
     claimed_at timestamptz check (isfinite(claimed_at)),
     ended_at timestamptz,
     reason text check (reason in ('not_needed', 'from_elsewhere', 'duplicate', 'cannot_be_met')),
     check ((claimed_by is null) = (holder_label is null) and (claimed_by is null) = (claimed_at is null)),
     check (status <> 'open' or claimed_by is null),
     check (status not in ('claimed', 'delivered') or claimed_by is not null),
     check ((status in ('delivered', 'closed')) = (ended_at is not null)),
     check ((status = 'closed') = (reason is not null))
   )`,
  `create index resources_live on resources (district) where status in ('open', 'claimed')`,
  `create index resources_of_facility on resources (facility_id, id) where facility_id is not null`,
  ...streamed('resources', PUBLISHED),
  `create policy asked_here on resources for insert to jitasa_api with check (${HERE} and ${OWN})`,
  `create policy moved_here on resources for update to jitasa_api using (${HERE} and ${OWN})`,
  `grant insert, update on resources to jitasa_api`,

  `create table resource_events (
     id bigint generated always as identity primary key,
     resource_id bigint not null references resources,
     kind text not null check (kind in ('requested', 'claimed', 'released', 'delivered', 'closed')),
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 80),
     at timestamptz not null,
     idempotency_key text
   )`,
  `create index resource_events_of on resource_events (resource_id, id)`,
  `alter table resource_events enable row level security`,
  `create policy own_area on resource_events to jitasa_api
     using (exists (select from resources where resources.id = resource_id))
     with check (exists (select from resources where resources.id = resource_id))`,
  `create policy role_insert on resource_events as restrictive for insert to jitasa_api with check (${WRITER})`,
  `grant select, insert on resource_events to jitasa_api`,

  // What a facility asks for stands where it stands, and is asked for by the one that takes it over.
  `create function jitasa_resources_moved() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if new.merged_into is distinct from old.merged_into and new.merged_into is not null then
       update resources set facility_id = kept.id, district = kept.district, place = kept.district
         from facilities kept where kept.id = new.merged_into and facility_id = new.id;
     else
       update resources set district = new.district, place = new.district where facility_id = new.id;
     end if;
     return null;
   end $$`,
  `create trigger resources_moved after update on facilities for each row
     when (old.district <> new.district or old.merged_into is distinct from new.merged_into)
     execute function jitasa_resources_moved()`,
  `revoke execute on function jitasa_resources_moved from public`,
]
