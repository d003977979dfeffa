import { type Kysely, sql } from 'kysely'

/**
 * What goes out of the house: notices that a change leaves behind in its own transaction, and the messages made of them
 * for devices, mail boxes and webhooks. No personal data in either; what a person has set for themselves (mail address,
 * devices) only their own account sees. None of it is in a publication.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const KIND = `('alert', 'red_need', 'lease', 'offer', 'word', 'test', 'code')`
const CHOSEN = `array['alert', 'red_need', 'lease', 'offer', 'word']`
/** One of these of an account without a row: nobody has asked for anything. */
const OWN = `account = (select nullif(current_setting('jitasa.account', true), '')::uuid)`
const MINUTE_OF_DAY = `smallint check (%s between 0 and 1439)`

const SETTINGS = [
  `create table notification_settings (
     account uuid primary key references accounts on delete cascade,
     kinds text[] not null default '{}' check (kinds <@ ${CHOSEN}),
     language text not null default 'th' check (language in ('th', 'en')),
     quiet_from ${MINUTE_OF_DAY.replace('%s', 'quiet_from')},
     quiet_until ${MINUTE_OF_DAY.replace('%s', 'quiet_until')},
     email text check (length(email) between 3 and 254 and email !~ '[[:space:][:cntrl:]]'),
     email_confirmed boolean not null default false,
     -- HMAC of the code that was mailed to this address
     email_code bytea,
     email_code_until timestamptz,
     email_tries smallint not null default 0,
     check ((quiet_from is null) = (quiet_until is null)),
     check (not email_confirmed or email is not null)
   )`,
  `create table push_subscriptions (
     id bigint generated always as identity primary key,
     account uuid not null references accounts on delete cascade,
     -- of the session that switched it on: the device falls silent when that ends
     session_hash text not null check (session_hash ~ '^[0-9a-f]{32}$'),
     endpoint text not null unique check (length(endpoint) between 12 and 1000),
     p256dh text not null check (length(p256dh) between 80 and 100),
     auth text not null check (length(auth) between 16 and 40),
     label text not null check (length(label) between 1 and 80),
     created_at timestamptz not null,
     last_ok_at timestamptz
   )`,
  `create index push_subscriptions_account on push_subscriptions (account)`,
  `create index push_subscriptions_session on push_subscriptions (session_hash)`,
  ...['notification_settings', 'push_subscriptions'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `create policy own on ${table} to jitasa_api using (${OWN}) with check (${OWN})`,
    `grant select, insert, update, delete on ${table} to jitasa_api`,
  ]),
  // A browser that somebody else signs in with keeps its endpoint: it is theirs from then on, and nobody else's.
  `create function jitasa_forget_endpoint(gone text) returns void language sql security definer set search_path = public
     begin atomic delete from push_subscriptions where endpoint = gone; end`,
  `revoke execute on function jitasa_forget_endpoint from public`,
  `grant execute on function jitasa_forget_endpoint to jitasa_api`,
  `create function jitasa_session_ended() returns trigger language plpgsql security definer set search_path = public as $$ begin
     delete from push_subscriptions where session_hash = new.session_hash;
     return null;
   end $$`,
  `revoke execute on function jitasa_session_ended from public`,
  `create trigger silence after insert on session_revocations for each row execute function jitasa_session_ended()`,

  `create table webhooks (
     id bigint generated always as identity primary key,
     label text not null check (length(label) between 1 and 80),
     url text not null check (length(url) between 8 and 1000 and url ~ '^https?://'),
     kinds text[] not null check (cardinality(kinds) > 0 and kinds <@ array['alert', 'red_need']),
     area text not null check (area ~ '^(TH|[0-9]{2}|[0-9]{4})$'),
     language text not null check (language in ('th', 'en')),
     template jsonb not null check (jsonb_typeof(template) = 'object' and pg_column_size(template) < 8000),
     -- of the header Authorization; written, and never read back by anybody but the sender
     authorization_value text check (length(authorization_value) between 1 and 1000 and authorization_value !~ '[[:cntrl:]]'),
     created_at timestamptz not null,
     created_by uuid
   )`,
  `alter table webhooks enable row level security`,
  `create policy administrators on webhooks to jitasa_api
     using ((select jitasa_role_is('administrator'))) with check ((select jitasa_role_is('administrator')))`,
  `grant select (id, label, url, kinds, area, language, template, created_at, created_by), insert, delete on webhooks to jitasa_api`,
]

const OUTBOX = [
  // What happened, once: said by the transaction that did it. area: whose business it is; account or role: whose alone.
  `create table notices (
     id bigint generated always as identity primary key,
     key text not null unique,
     kind text not null check (kind in ${KIND}),
     area text not null,
     account uuid,
     role text,
     subject_id bigint,
     facts jsonb not null default '{}' check (pg_column_size(facts) < 2000),
     at timestamptz not null default now(),
     useful_until timestamptz not null,
     spread_at timestamptz
   )`,
  `create index notices_due on notices (id) where spread_at is null`,
  `create index notices_at on notices (at)`,

  // One message to one device, mail box or webhook. Many notices of a kind within a minute are one message, which says how many more.
  `create table notifications (
     id bigint generated always as identity primary key,
     notice_id bigint not null references notices on delete cascade,
     kind text not null check (kind in ${KIND}),
     channel text not null check (channel in ('push', 'mail', 'webhook')),
     account uuid references accounts on delete cascade,
     -- the device is gone when its push service says so, and the row that says it stays
     subscription_id bigint references push_subscriptions on delete set null,
     webhook_id bigint references webhooks on delete cascade,
     -- push:12, mail:<account>, webhook:3
     target text not null,
     more integer not null default 0,
     state text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed')),
     attempts smallint not null default 0,
     created_at timestamptz not null,
     next_at timestamptz not null,
     useful_until timestamptz not null,
     claimed_at timestamptz,
     sent_at timestamptz,
     failure text check (failure in ('unreachable', 'timeout', 'refused', 'gone', 'too_late', 'unknown', 'not_set_up')),
     check ((channel = 'webhook') = (webhook_id is not null)),
     check ((channel = 'webhook') = (account is null)),
     check ((state = 'sent') = (sent_at is not null)),
     unique (notice_id, target)
   )`,
  `create index notifications_last on notifications (target, kind, sent_at) where state in ('due', 'sent')`,
  `create index notifications_due on notifications (next_at) where state = 'due'`,
  `create index notifications_sending on notifications (claimed_at) where state = 'sending'`,
  `create index notifications_of on notifications (account, id)`,
  `create index notifications_subscription on notifications (subscription_id) where subscription_id is not null`,
  `create index notifications_webhook on notifications (webhook_id) where webhook_id is not null`,

  // Each sees what went to them, and asks for a test or a code for themselves; all else is said by triggers.
  `alter table notices enable row level security`,
  `create policy own on notices for insert to jitasa_api with check (${OWN} and kind in ('test', 'code'))`,
  `grant insert on notices to jitasa_api`,
  `alter table notifications enable row level security`,
  `create policy own on notifications for select to jitasa_api using (${OWN})`,
  `grant select on notifications to jitasa_api`,
]

/** Whoever claims a case of the place (hub/authorize/table.ts: case.claim) may be told of it. */
const NOTICES = [
  // Nearly nobody listens in a fresh operation: then a change pays for two looks at empty tables.
  `create function jitasa_heard(wanted text) returns boolean language sql stable security definer set search_path = public
     return exists (select from notification_settings where kinds @> array[wanted])
       or exists (select from webhooks where kinds @> array[wanted])`,
  `create function jitasa_notice_red(of bigint) returns void language plpgsql security definer set search_path = public as $$ begin
     if not jitasa_heard('red_need') then return; end if;
     insert into notices (key, kind, area, subject_id, useful_until)
       select 'red_need:' || id, 'red_need', coalesce(place, district), id, now() + interval '1 hour' from cases
       where id = of and on_board and severity = 'red'
         and exists (select from needs where case_id = of and status = 'open')
       on conflict do nothing;
   end $$`,
  `create function jitasa_notices_of_need() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if new.status = 'open' then perform jitasa_notice_red(new.case_id); end if;
     if new.offered_to is not null and (tg_op = 'INSERT' or new.offered_to is distinct from old.offered_to) and jitasa_heard('offer') then
       insert into notices (key, kind, area, account, subject_id, useful_until)
         values (format('offer:%s:%s:%s', new.id, new.offered_to, pg_current_xact_id()), 'offer', new.district, new.offered_to,
           new.case_id, coalesce(new.lease_until, now() + interval '1 hour'))
         on conflict do nothing;
     end if;
     return null;
   end $$`,
  `create trigger notices_made after insert on needs for each row execute function jitasa_notices_of_need()`,
  `create trigger notices_changed after update on needs for each row
     when (new.status = 'open' and old.status <> 'open' or new.offered_to is distinct from old.offered_to)
     execute function jitasa_notices_of_need()`,
  `create function jitasa_notices_of_case() returns trigger language plpgsql security definer set search_path = public as $$ begin
     perform jitasa_notice_red(new.id);
     return null;
   end $$`,
  `create trigger notices after update on cases for each row
     when (new.severity = 'red' and old.severity <> 'red' and new.on_board)
     execute function jitasa_notices_of_case()`,
  // A word from the person reaches whoever holds a need of theirs, and whoever looks after them at home.
  `create function jitasa_notices_of_word() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if not jitasa_heard('word') then return null; end if;
     insert into notices (key, kind, area, account, subject_id, useful_until)
       select format('word:%s:%s', new.id, listener), 'word', new.district, listener, new.case_id, now() + interval '4 hours'
       from (select claimed_by as listener from needs where case_id = new.case_id and claimed_by is not null
             union select account from care_keepers where case_id = new.case_id) as listening
       on conflict do nothing;
     return null;
   end $$`,
  `create trigger notices after insert on case_events for each row
     when (new.kind = 'case.more' or new.kind = 'case.checked' and new.actor is null)
     execute function jitasa_notices_of_word()`,
  // Migration 0033 says what is announced, and no more than ten in ten minutes. The owner hears of it, and whom it escalates to.
  `create function jitasa_notices_of_alert() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if not jitasa_heard('alert') then return null; end if;
     insert into notices (key, kind, area, role, subject_id, facts, useful_until)
       select 'alert:' || new.id, 'alert', area, case new.kind when 'escalated' then escalate_to else owner end, alerts.id,
         jsonb_build_object('title', jsonb_build_object('th', alerts.name_th, 'en', alerts.name_en),
           'where', jsonb_build_object('th', coalesce(facility_th, areas.name_th), 'en', coalesce(facility_en, areas.name_en)))
           || case new.kind when 'escalated' then '{"escalated": true}'::jsonb else '{}' end,
         now() + interval '4 hours'
       from alerts join areas on areas.code = area where alerts.id = new.alert_id
       on conflict do nothing;
     return null;
   end $$`,
  `create trigger notices after insert on alert_events for each row
     when ((new.announced or new.announced_nation) and new.kind in ('raised', 'released', 'returned', 'unshelved', 'escalated'))
     execute function jitasa_notices_of_alert()`,
  ...[
    'jitasa_heard',
    'jitasa_notice_red',
    'jitasa_notices_of_need',
    'jitasa_notices_of_case',
    'jitasa_notices_of_word',
    'jitasa_notices_of_alert',
  ].map((name) => `revoke execute on function ${name} from public`),
]

const STATEMENTS = [...SETTINGS, ...OUTBOX, ...NOTICES]
