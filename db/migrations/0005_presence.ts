import { type Kysely, sql } from 'kysely'

/**
 * Who is looking at a case now. It goes the way of every change, over PostgreSQL and its stream, so that all hubs and
 * boards say the same; rows are few and short-lived. The API touches the table only through two functions.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table presence (
     case_id bigint not null references cases on delete cascade,
     account_id uuid not null,
     district text not null references areas check (length(district) = 4),
     label text not null check (length(label) between 1 and 80),
     until timestamptz not null,
     primary key (case_id, account_id)
   )`,
  `create index presence_until on presence (until)`,
  `create function jitasa_look_at(looked_at bigint, account uuid, account_label text, seconds integer) returns void
     language sql security definer set search_path = public as $$
       insert into presence (case_id, account_id, district, label, until)
         select id, account, district, account_label, now() + make_interval(secs => seconds) from cases where id = looked_at and on_board
       on conflict (case_id, account_id) do update set label = excluded.label, district = excluded.district, until = excluded.until
     $$`,
  `create function jitasa_look_away(looked_at bigint, account uuid) returns void
     language sql security definer set search_path = public as $$
       delete from presence where case_id = looked_at and account_id = account
     $$`,
  ...['jitasa_look_at(bigint, uuid, text, integer)', 'jitasa_look_away(bigint, uuid)'].flatMap((name) => [
    `revoke execute on function ${name} from public`,
    `grant execute on function ${name} to jitasa_api`,
  ]),
  `alter publication jitasa add table presence (case_id, account_id, district, label, until)`,
  `grant select (case_id, account_id, district, label, until) on presence to jitasa_hub`,
]
