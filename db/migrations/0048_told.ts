import { type Kysely, sql } from 'kysely'

/**
 * That an alert is over is a notice too, once: it goes to whoever was told that it rings (db/queries/outbox-over.ts). And
 * whoever looks at the log of a shift is told at once that it has a new entry: of the log itself nothing is in the stream.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create index notices_of_alert on notices (subject_id, id) where kind = 'alert'`,
  `create function jitasa_notices_of_end() returns trigger language plpgsql security definer set search_path = public as $$ begin
     insert into notices (key, kind, area, role, subject_id, facts, useful_until)
       select 'alert:' || new.id, 'alert', area, role, subject_id, facts - 'escalated' || '{"over": true}', now() + interval '4 hours'
       from (select * from notices where kind = 'alert' and subject_id = new.alert_id order by id desc limit 1) as last
       where not facts ? 'over'
       on conflict do nothing;
     return null;
   end $$`,
  `revoke execute on function jitasa_notices_of_end from public`,
  `create trigger notices_of_end after insert on alert_events for each row
     when (new.kind in ('cleared', 'withdrawn')) execute function jitasa_notices_of_end()`,

  `create table command_marks (
     area text storage main primary key,
     entry integer not null
   )`,
  `insert into command_marks select area, max(id) from command_log group by area`,
  `alter table command_marks enable row level security`,
  `create policy hub_reads on command_marks for select to jitasa_hub using (true)`,
  `alter publication jitasa add table command_marks (area, entry)`,
  `grant select (area, entry) on command_marks to jitasa_hub`,
  `create function jitasa_mark_log() returns trigger language plpgsql security definer set search_path = public as $$ begin
     insert into command_marks (area, entry) values (new.area, new.id::integer)
       on conflict (area) do update set entry = greatest(command_marks.entry, excluded.entry);
     return null;
   end $$`,
  `revoke execute on function jitasa_mark_log from public`,
  `create trigger mark after insert on command_log for each row execute function jitasa_mark_log()`,
]
