import { type Kysely, sql } from 'kysely'

/**
 * The audit log as a chain: every entry gets a link, whose hash covers the one before and all that the entry says. Links are made by the one job
 * that leads, within a second of the commit, so that writers never wait for each other; `audit_pending` is what it has still to do. What stood in
 * the log before is chained first, and marked as adopted. The newest link is published, in every scope. And from where, and in which session.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const setting = (name: string): string => `nullif(current_setting('jitasa.${name}', true), '')`

const STATEMENTS = [
  // session: as session_revocations has it. Transactions of an account say both (db/queries/rls.ts).
  `alter table audit_log
     add column address text default ${setting('address')} check (length(address) <= 45),
     add column session text default ${setting('session')} check (session ~ '^[0-9a-f]{32}$')`,
  `create index audit_log_at on audit_log (at)`,
  `create index audit_log_address on audit_log (address, id) where address is not null`,

  `create table audit_pending (entry bigint primary key, adopted boolean not null default false)`,
  `create table audit_chain (
     seq bigint primary key check (seq > 0),
     entry bigint not null unique,
     chained_at timestamptz not null,
     adopted boolean not null,
     hash bytea not null check (octet_length(hash) = 32)
   )`,
  `insert into audit_pending (entry, adopted) select id, true from audit_log`,

  // Its time is when it was written, whatever the writer says.
  `create function audit_log_enters() returns trigger language plpgsql as
     $$ begin new.at := clock_timestamp(); return new; end $$`,
  `create trigger enters before insert on audit_log for each row execute function audit_log_enters()`,
  `create function audit_log_queues() returns trigger language plpgsql security definer set search_path = public as
     $$ begin insert into audit_pending (entry) values (new.id); return null; end $$`,
  `create trigger queues after insert on audit_log for each row execute function audit_log_queues()`,
  `create trigger append_only before update or delete or truncate on audit_chain
     for each statement execute function audit_log_append_only()`,

  `alter table audit_pending enable row level security`,
  `create policy nobody on audit_pending for all to jitasa_api using (false)`,
  `alter table audit_chain enable row level security`,
  `create policy auditor_reads on audit_chain for select to jitasa_api using (current_setting('jitasa.role', true) = 'auditor')`,
  `grant select on audit_chain to jitasa_api`,

  `create table audit_head (
     id integer primary key default 1 check (id = 1),
     seq integer not null check (seq > 0),
     hash text storage main not null check (hash ~ '^[0-9a-f]{64}$'),
     at timestamptz not null check (isfinite(at))
   )`,
  `alter table audit_head enable row level security`,
  `create policy hub_reads on audit_head for select to jitasa_hub using (true)`,
  `alter publication jitasa add table audit_head (id, seq, hash, at)`,
  `grant select (id, seq, hash, at) on audit_head to jitasa_hub`,
]
