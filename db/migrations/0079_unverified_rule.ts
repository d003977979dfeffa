import { type Kysely, sql } from 'kysely'

/** Nobody looks at the lane of red requests that stand apart by itself: who waits there for long rings, in the province that is to confirm them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // Each second: the oldest of each province.
  `create index cases_unverified on cases (left(district, 2), reported_at) where unverified and on_board`,
  `insert into alert_rules (name_th, name_en, indicator, option, area_kind, condition, bound, clear_bound, for_seconds, severity,
     owner, ack_minutes, escalate_to, sound)
   values ('คำขอสีแดงที่ยังไม่ยืนยันรอเกิน 15 นาที', 'A red request that nobody has confirmed has waited 15 min', 'help.unverified', null,
     'province', 'oldest', 15, 10, 0, 'severe', 'provincial_health', 15, 'national', true)`,
]
