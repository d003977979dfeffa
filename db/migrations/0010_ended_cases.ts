import { type Kysely, sql } from 'kysely'

/**
 * What is counted asks whether a case has ended (hub/situation/counted.ts), so its stage is in the identity index. Only
 * a duplicate is merged into another: lists leave out what is merged, numbers what is a duplicate, and they must agree.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `update cases set stage = closed_reason where stage = 'closed' and closed_reason in ('duplicate', 'invalid')`,
  `alter table cases add constraint cases_merged_is_duplicate check (merged_into is null or stage = 'duplicate')`,
  `create unique index cases_identity_stage on cases
     (id, district, report_day, classification, severity, stage, care_place, outcome, outcome_day)`,
  `alter table cases replica identity using index cases_identity_stage`,
  `drop index cases_identity`,
  `alter index cases_identity_stage rename to cases_identity`,
]
