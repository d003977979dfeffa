import { type Kysely, sql } from 'kysely'

/**
 * How the numbers stood at moments of today and yesterday, so that "worse than yesterday" compares the same hour. Written by
 * the worker that leads, from its fold; they count, and name nobody, like the scope they are of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table day_marks (
     area text not null check (area = 'TH' or area ~ '^[0-9]{2}$'),
     day date not null,
     into_day integer not null check (into_day >= 0),
     at timestamptz not null,
     cells jsonb not null,
     oldest jsonb not null,
     primary key (area, day, into_day)
   )`,
  `comment on column day_marks.into_day is 'seconds since the operation''s day began'`,
  `alter table day_marks enable row level security`,
  `create policy everyone_reads on day_marks for select to jitasa_api using (true)`,
  `grant select on day_marks to jitasa_api`,
]
