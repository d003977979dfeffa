import { type Kysely, sql } from 'kysely'

/**
 * Of an infant the month of birth beside the year, and the age in months that was told: "5 months" is not "0 years".
 * And a second phone of a person: who answers for them, when they do not. And names as searches compare them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** Of hub/contract/vocabulary/text.ts, as PostgreSQL's regular expressions write them; tests/pg/folded.pg.test.ts holds the two together. */
const INVISIBLE =
  '\\u00ad\\u034f\\u061c\\u115f-\\u1160\\u17b4-\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164' +
  '\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff'
const UNCOMPARED = "\\s\\u00a0\\u1680\\u2000-\\u200a\\u2010-\\u2015\\u202f\\u205f\\u3000\\-''\\u2019_."

const STATEMENTS = [
  `alter table people
     add column birth_month smallint check (birth_month between 1 and 12),
     add column second_phone text,
     add check (birth_month is null or birth_year is not null)`,
  `create index people_second_phone on people (second_phone) where second_phone is not null`,
  `alter table complaints add column age_months smallint check (age_months between 0 and 35)`,
  // What foldedText() of hub/contract/vocabulary/text.ts does, where rows are searched.
  `create function jitasa_folded(typed text) returns text language sql immutable strict parallel safe as $$
     select regexp_replace(
       lower(replace(regexp_replace(normalize(typed, NFKC), '[${INVISIBLE}]', '', 'g'), 'เเ', 'แ')),
       '[${UNCOMPARED}]', '', 'g') $$`,
]
