import { type Kysely, sql } from 'kysely'

/**
 * What goes by a rule is announced a week before: how many, on which day, once. Administrators who have switched messages on hear of it too;
 * those who are told of alerts already, without choosing it anew. Nobody is named in any of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const READERS = `'administrator', 'auditor'`
const CHOSEN = `'alert', 'red_need', 'lease', 'offer', 'word', 'retention'`
const KIND = `kind in (${CHOSEN}, 'test', 'code')`

const STATEMENTS = [
  `create table retention_announcements (
     rule text not null references retention_rules,
     goes_on date not null,
     -- of the rule under which it goes: another rule is another announcement
     version integer not null,
     days integer not null,
     -- 0: it was looked, and nothing goes
     records integer not null check (records >= 0),
     announced_at timestamptz not null,
     primary key (rule, goes_on, version, days)
   )`,
  `alter table retention_announcements enable row level security`,
  `create policy administrator_reads on retention_announcements for select to jitasa_api using ((select jitasa_role_is(${READERS})))`,
  `grant select on retention_announcements to jitasa_api`,
  `do $$ begin
     if exists (select from pg_roles where rolname = 'jitasa_jobs') then
       grant select, insert on retention_announcements to jitasa_jobs;
       create policy jobs on retention_announcements to jitasa_jobs using (true) with check (true);
     end if;
   end $$`,

  `alter table notices drop constraint notices_kind_check, add constraint notices_kind_check check (${KIND})`,
  `alter table notifications drop constraint notifications_kind_check, add constraint notifications_kind_check check (${KIND})`,
  `alter table notification_settings drop constraint notification_settings_kinds_check,
     add constraint notification_settings_kinds_check check (kinds <@ array[${CHOSEN}])`,
  `update notification_settings set kinds = array_append(kinds, 'retention') from account_grants
     where account_id = account and role = 'administrator' and kinds @> array['alert']`,
]
