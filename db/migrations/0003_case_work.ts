import { type Kysely, sql } from 'kysely'

/**
 * Working the case: needs with their leases, history, contacts, transfers, vulnerable people, help requests with
 * their one-time codes, idempotency keys. Notes and what a person typed stand apart and are in no publication.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** Who meets people and so may read of them, as in 0002; or when no role was set. */
const MEETS_PEOPLE = `(select jitasa_role_is('volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator',
  'district_chief', 'provincial_health', 'governor', 'facility_staff', 'public'))`

const STATEMENTS = [
  // Imported and replayed cases have no needs and never come to a board.
  `alter table cases
     add column place text references areas check (length(place) in (4, 6) and starts_with(place, district)),
     add column on_board boolean not null default false,
     add column contacted_at timestamptz,
     add column escalated_at timestamptz,
     add column facility_id integer references facilities,
     add column bed_level text check (bed_level in ('0', '1', '2.1', '2.2', '3')),
     add column override_by text check (override_by is null or length(override_by) between 1 and 120),
     add column merged_into bigint references cases check (merged_into <> id),
     add column closed_reason text check (closed_reason in
       ('helped', 'no_help_wanted', 'done_by_others', 'out_of_scope', 'duplicate', 'unreachable', 'invalid', 'died', 'cancelled')),
     add column recorded_by uuid,
     add check (stage <> 'closed' or closed_reason is not null or source in ('import', 'replay'))`,
  `create index cases_board on cases (district) where on_board`,
  // A deleted case looks for those merged into it and for its transfers; without an index, through all of them.
  `create index cases_merged on cases (merged_into) where merged_into is not null`,
  // One code, kept as a hash with the request it belongs to; not beside the name.
  `alter table case_private drop column tracking_code`,
  `create index case_private_person on case_private (person_id)`,
  `create index people_phone on people (phone) where phone is not null`,

  // opened_at is when the wait began: a released or expired claim does not reset it.
  `create table needs (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     district text not null references areas check (length(district) = 4),
     kind text not null check (kind in ('bed', 'oxygen', 'medicine', 'food', 'transport', 'test', 'funeral')),
     status text not null default 'open'
       check (status in ('open', 'claimed', 'in_progress', 'fulfilled', 'transferred', 'closed')),
     freed text check (freed in ('released', 'expired', 'reopened', 'undone')),
     opened_at timestamptz not null default now(),
     claimed_by uuid,
     holder_label text check (length(holder_label) between 1 and 80),
     claimed_at timestamptz,
     lease_until timestamptz,
     fence bigint not null default 0,
     asked_at timestamptz,
     asked_by uuid,
     asked_label text,
     offered_to uuid,
     offered_label text,
     ended_at timestamptz,
     closed_reason text check (closed_reason in
       ('no_help_wanted', 'done_by_others', 'out_of_scope', 'duplicate', 'unreachable', 'cancelled', 'case_closed')),
     check ((status in ('claimed', 'in_progress')) = (claimed_by is not null)),
     check ((claimed_by is null) = (holder_label is null) and (claimed_by is null) = (lease_until is null)
       and (claimed_by is null) = (claimed_at is null)),
     check ((status = 'closed') = (closed_reason is not null)),
     check ((status in ('fulfilled', 'transferred', 'closed')) = (ended_at is not null)),
     check (offered_to is null or claimed_by is not null)
   )`,
  `create unique index needs_identity on needs (id, district, kind, status)`,
  `alter table needs replica identity using index needs_identity`,
  `create unique index needs_live on needs (case_id, kind) where status in ('open', 'claimed', 'in_progress')`,
  `create index needs_case on needs (case_id)`,
  `create index needs_open on needs (district, kind, opened_at) where status = 'open'`,
  `create index needs_lease on needs (lease_until) where claimed_by is not null`,
  `create index needs_holder on needs (claimed_by) where claimed_by is not null`,

  `create table case_events (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     need_id bigint references needs on delete cascade,
     district text not null references areas,
     kind text not null check (kind ~ '^[a-z_]+[.][a-z_]+$'),
     actor uuid,
     actor_label text not null check (length(actor_label) between 1 and 80),
     source_at timestamptz not null,
     recorded_at timestamptz not null,
     details jsonb not null default '{}' check (pg_column_size(details) < 2000),
     idempotency_key text
   )`,
  `create index case_events_case on case_events (case_id, id)`,
  `create index case_events_need on case_events (need_id, id) where need_id is not null`,
  `create function jitasa_append_only() returns trigger language plpgsql as
     $$ begin raise exception 'history is never rewritten: % on %', tg_op, tg_table_name using errcode = 'restrict_violation'; end $$`,
  `create trigger append_only before update on case_events for each row execute function jitasa_append_only()`,

  `create table contacts (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     need_id bigint references needs on delete set null,
     district text not null references areas,
     channel text not null check (channel in ('phone', 'visit', 'chat')),
     result text not null check (result in ('reached', 'no_answer', 'wrong_number', 'refused', 'call_back')),
     actor uuid not null,
     actor_label text not null,
     at timestamptz not null,
     recorded_at timestamptz not null
   )`,
  `create index contacts_case on contacts (case_id, at)`,
  `create table contact_notes (contact_id bigint primary key references contacts on delete cascade, note text not null)`,

  `create table transfers (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     need_id bigint references needs,
     district text not null references areas check (length(district) = 4),
     status text not null default 'requested' check (status in
       ('requested', 'approved', 'accepted', 'rejected', 'transport', 'en_route', 'arrived', 'cancelled', 'died')),
     level text not null check (level in ('0', '1', '2.1', '2.2', '3')),
     to_facility integer references facilities,
     bed_held boolean not null default false,
     rejected_reason text check (rejected_reason in ('no_bed', 'no_staff', 'wrong_level', 'other')),
     requested_label text not null,
     requested_at timestamptz not null,
     updated_at timestamptz not null,
     check (not bed_held or to_facility is not null),
     check ((status = 'rejected') = (rejected_reason is not null))
   )`,
  `create unique index transfers_live on transfers (case_id)
     where status in ('requested', 'approved', 'accepted', 'transport', 'en_route')`,
  `create index transfers_to on transfers (to_facility, status)`,
  `create index transfers_case on transfers (case_id)`,

  `create table vulnerable (
     id bigint generated always as identity primary key,
     person_id uuid not null references people,
     district text not null references areas check (length(district) = 4),
     place text not null references areas,
     reasons text[] not null check (cardinality(reasons) > 0 and reasons <@ array['age60', 'disease7', 'pregnant']),
     doses smallint check (doses between 0 and 4),
     recorded_by uuid,
     recorded_label text not null,
     source_at timestamptz not null,
     recorded_at timestamptz not null
   )`,
  `create index vulnerable_district on vulnerable (district, id)`,
  `create index vulnerable_person on vulnerable (person_id)`,

  `create table help_requests (
     id uuid primary key,
     case_id bigint not null references cases on delete cascade,
     district text not null references areas check (length(district) = 4),
     code_hash bytea not null unique,
     phone_hash bytea,
     address_hash bytea not null,
     needs_key text not null,
     language text not null check (language in ('th', 'en', 'my', 'lo', 'km')),
     consent_at timestamptz not null,
     consent_version text not null,
     phone_verified_at timestamptz,
     cancelled_at timestamptz,
     created_at timestamptz not null
   )`,
  `create index help_requests_phone on help_requests (phone_hash, created_at) where phone_hash is not null`,
  `create index help_requests_case on help_requests (case_id)`,

  `create table one_time_codes (
     id uuid primary key,
     request_id uuid not null references help_requests on delete cascade,
     phone_hash bytea not null,
     code_hash bytea not null,
     attempts smallint not null default 0 check (attempts between 0 and 5),
     sent_at timestamptz not null,
     expires_at timestamptz not null,
     used_at timestamptz
   )`,
  `create index one_time_codes_phone on one_time_codes (phone_hash, sent_at)`,
  `create index one_time_codes_expiry on one_time_codes (expires_at)`,

  // owner: an account, or the hash of an address. body: the answer as it was sent; never personal data, never a code.
  `create table idempotency (
     owner text not null,
     key text not null check (length(key) between 8 and 200),
     request_hash bytea not null,
     status smallint not null,
     body jsonb not null,
     at timestamptz not null,
     primary key (owner, key)
   )`,
  `create index idempotency_at on idempotency (at)`,

  ...['needs', 'case_events', 'contacts', 'vulnerable', 'help_requests'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `create policy own_area on ${table} to jitasa_api using (jitasa_sees(district)) with check (jitasa_sees(district))`,
  ]),
  `create policy hub_reads on needs for select to jitasa_hub using (true)`,
  ...['contact_notes', 'vulnerable', 'help_requests'].map(
    (table) => `create policy role_meets on ${table} as restrictive to jitasa_api using (${MEETS_PEOPLE})`,
  ),
  `alter table contact_notes enable row level security`,
  `create policy own_area on contact_notes to jitasa_api
     using (exists (select from contacts where contacts.id = contact_id))
     with check (exists (select from contacts where contacts.id = contact_id))`,
  // The destination sees what is on its way to it, wherever it comes from.
  `alter table transfers enable row level security`,
  `create policy own_area on transfers to jitasa_api
     using (jitasa_sees(district) or exists (select from facilities where facilities.id = to_facility))
     with check (jitasa_sees(district) or exists (select from facilities where facilities.id = to_facility))`,
  `alter table one_time_codes enable row level security`,
  `create policy own_area on one_time_codes to jitasa_api
     using (exists (select from help_requests where help_requests.id = request_id))
     with check (exists (select from help_requests where help_requests.id = request_id))`,
  `create policy own_vulnerable on people to jitasa_api
     using (exists (select from vulnerable where vulnerable.person_id = people.id))`,

  // A person in need has a code and no account: these two answer with a place, and the transaction goes on with that area alone.
  `create function jitasa_help_district(code bytea) returns text language sql stable security definer set search_path = public
     return (select district from help_requests where code_hash = code)`,
  `create function jitasa_help_recent(phone bytea, wanted text, since timestamptz)
     returns table (id uuid, case_id bigint, district text, address_hash bytea)
     language sql stable security definer set search_path = public
     begin atomic
       select help_requests.id, help_requests.case_id, help_requests.district, help_requests.address_hash from help_requests
       where phone_hash = phone and needs_key = wanted and created_at > since and cancelled_at is null
       order by created_at desc limit 1;
     end`,
  `create function jitasa_codes_sent(phone bytea, since timestamptz) returns bigint
     language sql stable security definer set search_path = public
     return (select count(*) from one_time_codes where phone_hash = phone and sent_at > since)`,
  // A transfer's end gives the bed back, whoever ends it; they may be of another area and no reporter of beds.
  `create function jitasa_move_bed(facility integer, bed_level text, leaves text, enters text) returns boolean
     language plpgsql security definer set search_path = public as $$ declare moved integer; begin
       if not (array[leaves, enters] <@ array['available', 'held', 'occupied', 'cleaning', 'blocked']) or leaves = enters then
         raise exception 'no such move of a bed: % to %', leaves, enters using errcode = 'invalid_parameter_value';
       end if;
       execute format('update beds set %1$I = %1$I - 1, %2$I = %2$I + 1 where facility_id = $1 and level = $2 and %1$I > 0',
         leaves, enters) using facility, bed_level;
       get diagnostics moved = row_count;
       return moved = 1;
     end $$`,
  ...['jitasa_help_district', 'jitasa_help_recent', 'jitasa_codes_sent', 'jitasa_move_bed'].flatMap((name) => [
    `revoke execute on function ${name} from public`,
    `grant execute on function ${name} to jitasa_api`,
  ]),

  `grant select, insert, update on needs, transfers, help_requests, one_time_codes, vulnerable to jitasa_api`,
  `grant select, insert on case_events, contacts, contact_notes to jitasa_api`,
  `grant select, insert, update, delete on idempotency to jitasa_api`,
  `grant update (reported_at) on facilities to jitasa_api`,

  `alter publication jitasa drop table cases`,
  `alter publication jitasa add table
     cases (id, district, report_day, classification, severity, risk608, stage, care_place, outcome, outcome_day,
       reported_at, severity_at, care_place_at, place, on_board, contacted_at, escalated_at),
     needs (id, case_id, district, kind, status, freed, opened_at, holder_label, claimed_at, lease_until, asked_at, offered_label)`,
  `do $$ declare entry record; begin
     for entry in select schemaname, tablename, attnames from pg_publication_tables where pubname = 'jitasa' loop
       execute format('grant select (%s) on %I.%I to jitasa_hub',
         (select string_agg(quote_ident(name), ', ') from unnest(entry.attnames) as name), entry.schemaname, entry.tablename);
     end loop;
   end $$`,
]
