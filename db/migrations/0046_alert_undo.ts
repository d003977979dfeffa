import { type Kysely, sql } from 'kysely'

/** An alert is taken over from who has it, and an answer is taken back: its event keeps how the alert stood before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const EVENTS = `'raised', 'released', 'acknowledged', 'taken_over', 'shelved', 'unshelved', 'undone', 'escalated', 'returned', 'cleared',
  'unanswered', 'withdrawn'`

const STATEMENTS = [
  `alter table alert_events add column before jsonb`,
  `alter table alert_events drop constraint alert_events_kind_check, add constraint alert_events_kind_check check (kind in (${EVENTS}))`,
]
