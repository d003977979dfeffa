import { type Kysely, sql } from 'kysely'

/**
 * What is published has values that the fold and SQL read alike, and that every change brings: no day `infinity`, no
 * year of five digits, no moment without an end, no coordinate NaN; and no text that PostgreSQL stores out of line, which
 * an UPDATE of another column then leaves out. A later column needs the same (tests/pg/catalogue.pg.test.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** A year of the Buddhist era, 2564, lies beyond it. */
const CALENDAR = `between '1900-01-01' and '2399-12-31'`

const bound = (table: string, column: string, condition: string): string =>
  `alter table ${table} add constraint ${table}_${column}_bounds check (${condition})`

const STATEMENTS = [
  // A day that cannot be becomes one that is not known.
  ...[
    ['cases', 'report_day'],
    ['vaccinations', 'day'],
    ['tests', 'day'],
  ].flatMap(([table = '', day = '']) => [
    `update ${table} set ${day} = '-infinity' where ${day} <> '-infinity' and ${day} not ${CALENDAR}`,
    bound(table, day, `${day} = '-infinity' or ${day} ${CALENDAR}`),
  ]),
  bound('imports', 'day', `day = '-infinity' or day ${CALENDAR}`),
  bound('cases', 'outcome_day', `not isfinite(outcome_day) or outcome_day ${CALENDAR}`),
  bound('operation', 'day', `day ${CALENDAR}`),

  `do $$ declare entry record; begin
     for entry in
       select tablename, attname from pg_publication_tables cross join unnest(attnames) as name
         join pg_attribute on attrelid = (schemaname || '.' || tablename)::regclass and attname = name
       where pubname = 'jitasa' and atttypid = 'timestamptz'::regtype
     loop
       execute format('alter table %I add constraint %I check (isfinite(%I))',
         entry.tablename, entry.tablename || '_' || entry.attname || '_bounds', entry.attname);
     end loop;
   end $$`,

  bound('facilities', 'lat', 'lat between -90 and 90'),
  bound('facilities', 'lon', 'lon between -180 and 180'),

  `update facilities set name_th = left(name_th, 300), name_en = left(name_en, 300)
     where greatest(length(name_th), length(name_en)) > 300`,
  `update operation set title_th = left(title_th, 300), title_en = left(title_en, 300)
     where greatest(length(title_th), length(title_en)) > 300`,
  bound('facilities', 'code', 'length(code) <= 300'),
  bound('facilities', 'name_th', 'length(name_th) <= 300'),
  bound('facilities', 'name_en', 'length(name_en) <= 300'),
  bound('operation', 'title_th', 'length(title_th) <= 300'),
  bound('operation', 'title_en', 'length(title_en) <= 300'),
  `do $$ declare entry record; begin
     for entry in
       select tablename, attname from pg_publication_tables cross join unnest(attnames) as name
         join pg_attribute on attrelid = (schemaname || '.' || tablename)::regclass and attname = name
       where pubname = 'jitasa' and attstorage in ('x', 'e')
     loop
       execute format('alter table %I alter column %I set storage main', entry.tablename, entry.attname);
     end loop;
   end $$`,
]
