import { type Kysely, sql } from 'kysely'

/**
 * How many people's data an account of a role may open in an hour: data, changed by national command. What was opened within the hour is in the
 * audit log, so that nothing can be counted past it; the same person again costs nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const COMMAND = `(select jitasa_role_is('national', 'administrator'))`

const STATEMENTS = [
  `create table reveal_budgets (
     role text primary key,
     per_hour integer not null check (per_hour between 1 and 10000)
   )`,
  // Whoever calls all day opens the most; whoever watches, the least.
  `insert into reveal_budgets values ('volunteer', 60), ('responder', 60), ('hotline', 120), ('triage', 120), ('bed_coordinator', 120),
     ('facility_staff', 60), ('vaccination_staff', 120), ('district_chief', 60), ('provincial_health', 120), ('governor', 20), ('national', 20)`,
  `alter table reveal_budgets enable row level security`,
  `create policy everyone_reads on reveal_budgets for select to jitasa_api using (true)`,
  `create policy command_updates on reveal_budgets for update to jitasa_api using (${COMMAND})`,
  `grant select, update on reveal_budgets to jitasa_api`,

  `create index audit_log_actor_at on audit_log (actor, at)`,
  // A number that rings is counted, and never refused (hub/work/calls).
  // null: there is room; else when there is again. The lock makes two at once of one account take turns. A role without a row has none.
  `create function jitasa_reveals_full(resource text) returns timestamptz
     language plpgsql security definer set search_path = public as $$
     #variable_conflict use_column
     declare
       who uuid := nullif(current_setting('jitasa.account', true), '')::uuid;
       budget integer := (select per_hour from reveal_budgets where role = current_setting('jitasa.role', true));
       oldest timestamptz;
     begin
       if who is null or budget is null then return null; end if;
       perform pg_advisory_xact_lock(hashtextextended('reveals ' || who, 0));
       with opened as (
         select audit_log.resource as what, max(at) as at from audit_log
         where actor = who and at > clock_timestamp() - interval '1 hour'
           and action in ('case.reveal', 'vulnerable.reveal', 'call.reveal')
         group by 1
       )
       select opened.at into oldest from opened
         where not exists (select from opened where what = jitasa_reveals_full.resource)
         order by opened.at desc offset budget - 1 limit 1;
       return oldest + interval '1 hour';
     end $$`,
  `revoke execute on function jitasa_reveals_full from public`,
  `grant execute on function jitasa_reveals_full to jitasa_api`,
]
