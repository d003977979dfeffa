import { type Kysely, sql } from 'kysely'

/** What a screen plays, in the order of `rank`; without any it shows the wall of its area. Accounts of screens are jitasa_auth's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const hour = (column: string): string => `${column} smallint check (${column} between 0 and 23)`

const STATEMENTS = [
  `create table screen_scenes (
     id bigint generated always as identity primary key,
     screen_id uuid not null references accounts on delete cascade,
     rank smallint not null check (rank between 1 and 20),
     place text not null check (place ~ '^(TH|R[0-9]{2}|[0-9]{2}|[0-9]{4}|H[1-9][0-9]{0,8})$'),
     view text not null check (view in ('situation', 'vaccination')),
     seconds smallint not null check (seconds between 5 and 3600),
     ${hour('from_hour')},
     ${hour('to_hour')},
     check (from_hour <> to_hour or num_nulls(from_hour, to_hour) = 2),
     unique (screen_id, rank)
   )`,
  `grant select, insert, delete on screen_scenes to jitasa_auth`,
]
