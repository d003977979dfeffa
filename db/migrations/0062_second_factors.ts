import { type Kysely, sql } from 'kysely'

/**
 * Second factors, recovery codes, when a session ends, and what is demanded of which role: data, changed by administrators. Readable by role
 * jitasa_auth alone, and in no publication.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** Days that an installation with accounts has before the factor is demanded; a new one demands it at once. */
const GRACE_DAYS = 30

const STATEMENTS = [
  `create table account_factors (
     id uuid primary key default gen_random_uuid(),
     account_id uuid not null references accounts on delete cascade,
     kind text not null check (kind in ('totp', 'passkey')),
     name text not null check (length(name) between 1 and 60),
     secret bytea,
     last_step bigint not null default 0,
     credential text unique check (length(credential) <= 1400),
     public_key bytea,
     counter bigint not null default 0,
     transports text[] not null default '{}',
     created_at timestamptz not null,
     confirmed_at timestamptz,
     used_at timestamptz,
     check ((kind = 'totp') = (secret is not null)),
     check ((kind = 'passkey') = (credential is not null and public_key is not null))
   )`,
  `create index account_factors_account on account_factors (account_id)`,
  // One that waits for its first code at a time: it is replaced by the next.
  `create unique index account_factors_pending on account_factors (account_id) where confirmed_at is null`,
  // 125 random bits each, so a plain hash is enough (ASVS 6.5.2).
  `create table account_recovery_codes (
     code_hash bytea primary key check (octet_length(code_hash) = 32),
     account_id uuid not null references accounts on delete cascade,
     created_at timestamptz not null
   )`,
  `create index account_recovery_codes_account on account_recovery_codes (account_id)`,

  // factor_at: the second factor was shown in this session; proven_at: the last proof of any kind, for what asks again.
  `alter table account_sessions
     add column session_hash text,
     add column used_at timestamptz not null default now(),
     add column proven_at timestamptz not null default now(),
     add column factor text check (factor in ('totp', 'passkey', 'recovery', 'agency')),
     add column factor_at timestamptz,
     add column challenge text check (length(challenge) <= 200),
     add column challenge_until timestamptz,
     add check ((factor is null) = (factor_at is null))`,
  `create function account_sessions_hash() returns trigger language plpgsql as
     $$ begin new.session_hash := left(encode(sha256(convert_to(new.token, 'UTF8')), 'hex'), 32); return new; end $$`,
  `create trigger hash before insert or update of token on account_sessions for each row execute function account_sessions_hash()`,
  `update account_sessions set token = token, used_at = updated_at, proven_at = created_at`,
  // Nullable by its declaration alone: better-auth refuses a column that it would have to write.
  `alter table account_sessions add unique (session_hash)`,
  `create index account_sessions_used on account_sessions (used_at)`,

  // factor_from: from when a second factor is demanded; null: never. A screen has a pass of its own, and no rule.
  `create table sign_in_rules (
     role text primary key,
     factor_from timestamptz,
     idle_minutes integer not null check (idle_minutes between 5 and 10080),
     life_hours integer not null check (life_hours between 1 and 720)
   )`,
  // Who rules or looks at everything is signed out soonest; who works in the field, last, for a phone there has no network to sign in again.
  `insert into sign_in_rules (role, idle_minutes, life_hours) values
     ('administrator', 60, 12), ('auditor', 60, 12), ('national', 480, 24), ('governor', 480, 24),
     ('provincial_health', 1440, 72), ('district_chief', 1440, 72), ('unbound', 1440, 72),
     ('hotline', 480, 24), ('triage', 480, 24), ('bed_coordinator', 480, 24),
     ('facility_staff', 10080, 720), ('vaccination_staff', 10080, 720), ('responder', 10080, 720), ('volunteer', 10080, 720)`,
  `update sign_in_rules set factor_from = now() + case when exists (select from accounts) then interval '${GRACE_DAYS} days' else interval '0' end
     where role in ('administrator', 'auditor', 'national', 'governor')`,
  // many_reveals: people whose data a session opens, of an hour, before it shows again who is there.
  `create table sign_in_settings (
     id boolean primary key default true check (id),
     in_drill boolean not null default false,
     proof_minutes integer not null default 10 check (proof_minutes between 1 and 60),
     many_reveals integer not null default 15 check (many_reveals between 1 and 10000)
   )`,
  `insert into sign_in_settings default values`,
  `grant select, insert, update, delete on account_factors, account_recovery_codes to jitasa_auth`,
  `grant select, update on sign_in_rules, sign_in_settings to jitasa_auth`,

  // Whether this session has opened many since it last showed who is there, so that it shows it again before one more. The audit log counts, so
  // nothing can be opened past it; its clock is PostgreSQL's, the session's the hub's: they are compared by how long ago it was.
  `create function jitasa_reveal_owes_proof(resource text, at timestamptz) returns boolean
     language sql stable security definer set search_path = public as $$
     select (exists (select from operation where kind = 'live') or in_drill)
       and (select count(distinct audit_log.resource) from audit_log
            where actor = nullif(current_setting('jitasa.account', true), '')::uuid
              and audit_log.at > clock_timestamp() - least(interval '1 hour', jitasa_reveal_owes_proof.at
                - (select proven_at from account_sessions where session_hash = current_setting('jitasa.session', true)))
              and action in ('case.reveal', 'vulnerable.reveal', 'call.reveal')
              and audit_log.resource <> jitasa_reveal_owes_proof.resource) >= many_reveals
     from sign_in_settings $$`,
  `revoke execute on function jitasa_reveal_owes_proof from public`,
  `grant execute on function jitasa_reveal_owes_proof to jitasa_api`,
]
