import { type Kysely, sql } from 'kysely'

/**
 * The audit log is kept by a rule too: its oldest part goes, a year at least after it was chained, and where the chain then begins stays, so that the rest
 * is proven as before. And somebody may be erased whom people have asked for it, with no request for help of their own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `insert into retention_rules (rule, days) values ('audit', 1825)`,

  // The last link that went: the one after it, which stays with its entry, is hashed over this.
  `create table audit_pruned (
     id integer primary key default 1 check (id = 1),
     seq bigint not null check (seq > 0),
     hash bytea not null check (octet_length(hash) = 32),
     at timestamptz not null check (isfinite(at))
   )`,
  `alter table audit_pruned enable row level security`,
  `create policy auditor_reads on audit_pruned for select to jitasa_api using (current_setting('jitasa.role', true) = 'auditor')`,
  `grant select on audit_pruned to jitasa_api`,

  `create or replace function audit_log_append_only() returns trigger language plpgsql as
     $$ begin
       if tg_op = 'DELETE' and current_setting('jitasa.prunes', true) = 'on' then return null; end if;
       raise exception 'the audit log is only ever added to: % refused', tg_op using errcode = 'restrict_violation';
     end $$`,
  // The newest link that is old enough stays, with its entry: it says, under the chain's own hash, that all before it was old enough.
  `create function jitasa_prune_audit(before timestamptz, most integer) returns integer
     language plpgsql security definer set search_path = public as $$
     declare base bigint := coalesce((select seq from audit_pruned), 0); first_kept bigint;
     begin
       if before > clock_timestamp() - interval '365 days' then
         raise exception 'the audit log is kept for a year at least' using errcode = 'check_violation';
       end if;
       select max(seq) into first_kept from audit_chain where seq <= base + most + 1 and chained_at < before;
       if first_kept is null or first_kept <= base + 1 then return 0; end if;
       insert into audit_pruned (id, seq, hash, at) select 1, seq, hash, clock_timestamp() from audit_chain where seq = first_kept - 1
         on conflict (id) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at;
       if not found then raise exception 'link % of the audit chain is gone', first_kept - 1; end if;
       perform set_config('jitasa.prunes', 'on', true);
       delete from audit_log where id in (select entry from audit_chain where seq < first_kept);
       delete from audit_chain where seq < first_kept;
       perform set_config('jitasa.prunes', '', true);
       return first_kept - 1 - base;
     end $$`,
  `revoke execute on function jitasa_prune_audit from public`,

  `alter table data_requests alter column request_id drop not null`,
  `create unique index data_requests_live_case on data_requests (case_id)
     where request_id is null and kind = 'erase' and stopped_at is null and done_at is null`,

  // Where the jobs have a role of their own.
  `do $$ begin
     if exists (select from pg_roles where rolname = 'jitasa_jobs') then
       grant execute on function jitasa_prune_audit to jitasa_jobs;
       grant select on audit_pruned to jitasa_jobs;
       create policy jobs on audit_pruned to jitasa_jobs using (true);
     end if;
   end $$`,
]
