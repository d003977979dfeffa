import { type Kysely, sql } from 'kysely'

/**
 * A rule that rings on the day of a surge: growth over whole days knows of it after midnight. Twice a usual day by the end of
 * the day was so of 18 provinces of the north 47 times in 30 days of June and July 2021 (tests/support/backtest.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `insert into alert_rules (name_th, name_en, indicator, option, area_kind, condition, bound, clear_bound, for_seconds, severity,
         owner, ack_minutes, escalate_to, sound)
       values ('วันนี้มีผู้ป่วยใหม่เป็นสองเท่าของวันปกติแล้ว', 'New cases today are already twice a usual day', 'cases.surge', null, 'province',
         'growth', 1, 0.8, 600, 'moderate', 'provincial_health', 120, null, false)`,
    )
    .execute(db)
}
