import { type Kysely, sql } from 'kysely'

/** How long a bed is held, by kind of facility: data, changed by national command. Holds that stand keep their end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const COMMAND = `(select jitasa_role_is('national', 'administrator'))`

const STATEMENTS = [
  `create table hold_minutes (
     kind text primary key check (kind in ('hospital', 'field', 'hospitel', 'ci')),
     minutes integer not null check (minutes between 15 and 2880)
   )`,
  // Where people come by themselves they come later.
  `insert into hold_minutes values ('hospital', 120), ('field', 120), ('hospitel', 240), ('ci', 240)`,
  `alter table hold_minutes enable row level security`,
  `create policy everyone_reads on hold_minutes for select to jitasa_api using (true)`,
  `create policy command_updates on hold_minutes for update to jitasa_api using (${COMMAND})`,
  `grant select, update on hold_minutes to jitasa_api`,
  // Whoever writes a transfer that holds a bed gets an end with it: as long as the facility's kind says.
  `create or replace function jitasa_hold_ends() returns trigger language plpgsql set search_path = public as $$
     begin
       new.held_until := case when new.status in ('accepted', 'transport') then coalesce(new.held_until,
         new.updated_at + make_interval(mins => coalesce((select minutes from hold_minutes
           join jitasa_facilities_known(array[new.to_facility]) as f using (kind)), 120))) end;
       return new;
     end $$`,
]
