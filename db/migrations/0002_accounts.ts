import { type Kysely, sql } from 'kysely'

/**
 * Accounts, sessions, invitations, screens' codes: readable by role jitasa_auth alone. What the hub must know of them
 * at once (who may do what, which sessions have ended) is published without personal data. And the audit log.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const ROLES = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'facility_staff', 'vaccination_staff',
  'district_chief', 'provincial_health', 'governor', 'national', 'screen', 'administrator', 'auditor'`

const ROLE_AND_AREAS = `
     role text not null check (role in (${ROLES})),
     areas text[] not null check (cardinality(areas) between 1 and 20 and array_to_string(areas, ',') ~ '^(TH|[0-9]{2,6})(,(TH|[0-9]{2,6}))*$'),
     facility_id integer references facilities,
     check ((role in ('facility_staff', 'vaccination_staff')) = (facility_id is not null)),
     check (role not in ('national', 'administrator', 'auditor') or areas = array['TH'])`

const STATEMENTS = [
  `do $$ begin create role jitasa_auth login; exception when duplicate_object or unique_violation then null; end $$`,
  `do $$ begin execute format('grant connect on database %I to jitasa_auth', current_database()); end $$`,
  `grant usage on schema public to jitasa_auth`,

  `create table accounts (
     id uuid primary key default gen_random_uuid(),
     name text not null check (length(name) between 1 and 120),
     email text not null unique check (email = lower(email)),
     email_verified boolean not null default false,
     image text,
     username text unique check (username ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
     drill boolean not null default false,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create table account_credentials (
     id uuid primary key default gen_random_uuid(),
     provider text not null,
     subject text not null,
     account_id uuid not null references accounts on delete cascade,
     password text,
     access_token text,
     refresh_token text,
     id_token text,
     access_token_expires_at timestamptz,
     refresh_token_expires_at timestamptz,
     scope text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     unique (provider, subject)
   )`,
  `create index account_credentials_account on account_credentials (account_id)`,
  `create table account_sessions (
     id uuid primary key default gen_random_uuid(),
     token text not null unique,
     account_id uuid not null references accounts on delete cascade,
     expires_at timestamptz not null,
     ip_address text,
     user_agent text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create index account_sessions_account on account_sessions (account_id, created_at)`,
  `create table account_verifications (
     id uuid primary key default gen_random_uuid(),
     identifier text not null,
     value text not null,
     expires_at timestamptz not null,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  `create index account_verifications_identifier on account_verifications (identifier)`,
  `create table device_codes (
     id uuid primary key default gen_random_uuid(),
     device_code text not null unique,
     user_code text not null unique,
     account_id uuid references accounts on delete cascade,
     expires_at timestamptz not null,
     status text not null,
     last_polled_at timestamptz,
     polling_interval integer,
     client_id text,
     scope text
   )`,
  `create index device_codes_expiry on device_codes (expires_at)`,

  // label: what boards show of a claim's holder, an organisation and call-sign; never a person's name.
  // version rises by itself with every change, so that a pass which says less than the stream is known to be old.
  `create table account_grants (
     account_id uuid primary key references accounts on delete cascade,
     ${ROLE_AND_AREAS},
     label text not null check (length(label) between 1 and 80),
     version integer not null default 1,
     disabled boolean not null default false,
     drill boolean not null default false
   )`,
  `create index account_grants_role on account_grants (role)`,
  `create function account_grants_version() returns trigger language plpgsql as
     $$ begin new.version := old.version + 1; return new; end $$`,
  `create trigger version before update on account_grants for each row execute function account_grants_version()`,

  // Whoever deletes a session, by whatever path, has it revoked in every hub: the trigger cannot be forgotten.
  `create table session_revocations (
     session_hash text primary key,
     at timestamptz not null default now()
   )`,
  `create index session_revocations_at on session_revocations (at)`,
  // A pass lives 12 hours at most (hub/authorize/pass.ts); after 13 its revocation has nothing left to revoke.
  `create function account_sessions_revoke() returns trigger language plpgsql security definer set search_path = public as $$ begin
     insert into session_revocations (session_hash)
       select left(encode(sha256(convert_to(token, 'UTF8')), 'hex'), 32) from gone on conflict do nothing;
     delete from session_revocations where at < now() - interval '13 hours';
     return null;
   end $$`,
  `create trigger revoke after delete on account_sessions referencing old table as gone
     for each statement execute function account_sessions_revoke()`,

  `create table invitations (
     id uuid primary key default gen_random_uuid(),
     token_hash bytea not null unique,
     ${ROLE_AND_AREAS},
     label text not null check (length(label) between 1 and 80),
     note text not null default '' check (length(note) <= 120),
     created_by uuid references accounts on delete set null,
     created_at timestamptz not null,
     expires_at timestamptz not null,
     accepted_at timestamptz,
     account_id uuid references accounts on delete set null
   )`,
  `create table sign_in_failures (
     key bytea primary key,
     failures integer not null,
     since timestamptz not null,
     locked_until timestamptz
   )`,
  `create index sign_in_failures_since on sign_in_failures (since)`,

  // resource: 'case:123'. details: never personal data. Actors stay known after their account is gone.
  `create table audit_log (
     id bigint generated always as identity primary key,
     at timestamptz not null default now(),
     actor uuid,
     role text not null,
     action text not null,
     resource text not null,
     area text,
     request_id text,
     details jsonb not null default '{}' check (pg_column_size(details) < 2000)
   )`,
  `create index audit_log_resource on audit_log (resource, id)`,
  `create index audit_log_actor on audit_log (actor, id)`,
  `create function audit_log_append_only() returns trigger language plpgsql as
     $$ begin raise exception 'the audit log is only ever added to: % refused', tg_op using errcode = 'restrict_violation'; end $$`,
  `create trigger append_only before update or delete or truncate on audit_log
     for each statement execute function audit_log_append_only()`,

  // For the policies that follow the role (0004); a transaction without a role meets only the rule by area.
  `create function jitasa_role_is(variadic roles text[]) returns boolean language sql stable parallel safe
     return coalesce(nullif(current_setting('jitasa.role', true), ''), roles[1]) = any (roles)`,
  `create function jitasa_own_facility(facility integer) returns boolean language sql stable parallel safe
     return coalesce(current_setting('jitasa.facility', true), '') in ('', facility::text)`,
  `alter table audit_log enable row level security`,
  `create policy writes on audit_log for insert to jitasa_api, jitasa_auth with check (true)`,
  // Nobody reads it by leaving the role unset.
  `create policy auditor_reads on audit_log for select to jitasa_api using (current_setting('jitasa.role', true) = 'auditor')`,

  `grant select, insert, update, delete on accounts, account_credentials, account_sessions, account_verifications,
     device_codes, account_grants, invitations, sign_in_failures to jitasa_auth`,
  `grant select on areas, operation, facilities to jitasa_auth`,
  `create policy auth_reads on facilities for select to jitasa_auth using (true)`,
  `grant insert on audit_log to jitasa_auth, jitasa_api`,
  `grant select on audit_log to jitasa_api`,

  `alter publication jitasa add table
     account_grants (account_id, role, areas, facility_id, label, version, disabled, drill),
     session_revocations (session_hash, at)`,
  `grant select (account_id, role, areas, facility_id, label, version, disabled, drill) on account_grants to jitasa_hub`,
  `grant select (session_hash, at) on session_revocations to jitasa_hub`,
]
