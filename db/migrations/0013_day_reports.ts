import { type Kysely, sql } from 'kysely'

/**
 * That the number of a day was reported, which a number of rows cannot tell: none may be zero, or nothing heard. One
 * row per province, day and number, published so that screens know. Earlier imports have kept what they read.
 * `imports.days`: over how many days a number was counted; a weekly one covers seven, and overlaps with daily ones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `create table day_reports (
     metric text storage main not null check (metric in ('cases', 'deaths')),
     district text storage main not null references areas check (length(district) = 4),
     day date not null check (isfinite(day)),
     primary key (metric, district, day)
   )`,
  `insert into day_reports (metric, district, day)
     select metric, area || '00', day from imports, unnest(array['cases', 'deaths']) as metric
     where kind = 'cases' and amounts ? metric and area <> '00'`,
  `alter table imports add column days integer not null default 1 check (days > 0)`,
  `alter table day_reports enable row level security`,
  `create policy hub_reads on day_reports for select to jitasa_hub using (true)`,
  `create policy own_area on day_reports for select to jitasa_api using (jitasa_sees(district))`,
  `grant select on day_reports to jitasa_api`,
  `alter publication jitasa add table day_reports (metric, district, day)`,
  `grant select (metric, district, day) on day_reports to jitasa_hub`,
]
