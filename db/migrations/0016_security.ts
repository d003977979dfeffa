import { type Kysely, sql } from 'kysely'

/** Budgets of text messages, counted for all hubs together; passwords that somebody else has issued; roles closed when unset. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // key: 'all', a country (+95), or the block of ten thousand numbers a phone is in; never a whole number.
  `create table message_budgets (
     key text not null,
     hour timestamptz not null,
     sent integer not null default 0,
     primary key (key, hour)
   )`,
  // Locked in one order, from 'all' up, so that two at once wait and never deadlock.
  `create function jitasa_take_message(keys text[], most integer[], at timestamptz) returns text
     language plpgsql security definer set search_path = public as $$ declare full_key text; begin
       delete from message_budgets where hour < date_trunc('hour', at) - interval '1 day';
       insert into message_budgets (key, hour) select unnest(keys), date_trunc('hour', at) on conflict do nothing;
       perform from message_budgets where hour = date_trunc('hour', at) and key = any (keys) order by key for update;
       select b.key into full_key from unnest(keys, most) with ordinality as wanted (key, most, nth)
         join message_budgets b on b.key = wanted.key and b.hour = date_trunc('hour', at)
         where b.sent >= wanted.most order by nth limit 1;
       if full_key is null then
         update message_budgets set sent = sent + 1 where hour = date_trunc('hour', at) and key = any (keys);
       end if;
       return full_key;
     end $$`,
  `revoke execute on function jitasa_take_message from public`,
  `grant execute on function jitasa_take_message to jitasa_api`,

  // Closed: a transaction of the API that has said no role has none. The owner's (imports, the lease clock) have no policies.
  `create or replace function jitasa_role_is(variadic roles text[]) returns boolean language sql stable parallel safe
     return coalesce(current_setting('jitasa.role', true), '') = any (roles)`,
  // Beds and doses of one's own facility: those whom the role binds to one must have said which.
  `create or replace function jitasa_own_facility(facility integer) returns boolean language sql stable parallel safe
     return coalesce(current_setting('jitasa.facility', true), '') = facility::text
       or coalesce(current_setting('jitasa.facility', true), '') = ''
         and coalesce(current_setting('jitasa.role', true), '') not in ('', 'facility_staff', 'vaccination_staff')`,

  // What a device said whose clock cannot be believed; null: source_at is what it said.
  ...['tests', 'vaccinations', 'vulnerable'].map((table) => `alter table ${table} add column device_at timestamptz`),

  // As papers are kept from now on: ab123456 and AB123456 are one passport.
  `update people set id_number = upper(normalize(id_number, NFKC)) where id_number <> upper(normalize(id_number, NFKC))`,

  // Whoever knows a password that was issued to somebody else is not that person yet: it opens nothing but its change.
  `alter table accounts add column password_issued_at timestamptz`,
]
