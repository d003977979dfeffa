import { type Kysely, sql } from 'kysely'

/**
 * What each record of a volunteer made, by the key its phone gave it, for ever: a phone may lie in a drawer for weeks
 * with records whose answer it never got, longer than answers are kept. And the address, the place and the note of a
 * vulnerable person, which the form has always asked for. None of it is published.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const MINE = `account = (select nullif(current_setting('jitasa.account', true), '')::uuid)`

const STATEMENTS = [
  `create table recorded (
     account uuid not null,
     key text not null check (length(key) between 8 and 200),
     kind text not null check (kind in ('request', 'patient', 'vulnerable', 'test', 'dose')),
     made bigint not null,
     case_id bigint,
     at timestamptz not null,
     primary key (account, key)
   )`,
  `insert into recorded (account, key, kind, made, case_id, at)
     select owner::uuid, key, body ->> 'kind', (body ->> 'id')::bigint, (body ->> 'case')::bigint, at
     from idempotency where status = 201 and body ? 'likely' and owner ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`,
  `alter table recorded enable row level security`,
  `create policy own on recorded to jitasa_api using (${MINE}) with check (${MINE})`,
  `grant select, insert on recorded to jitasa_api`,

  `alter table vulnerable
     add column lat double precision check (lat between -90 and 90),
     add column lon double precision check (lon between -180 and 180),
     add column address text,
     add column notes text`,
]
