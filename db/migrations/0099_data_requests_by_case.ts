import { type Kysely, sql } from 'kysely'

/**
 * Each request looks its case up by its key. Of an `exists` the planner takes all cases at once when it thinks the requests
 * many: 0.1 s for each list of a few, at 64,000 cases, and more with more of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter policy own_area on data_requests using (${OF_CASE}) with check (${OF_CASE})`).execute(db)
}

const OF_CASE = `case_id = (select cases.id from cases where cases.id = data_requests.case_id)`
