import { type QueryExecutorProvider, sql } from 'kysely'
import type { AlertRule } from '../../hub/contract/alerts/rules.ts'

const COLUMNS = `id, area, name_th as "nameTh", name_en as "nameEn", indicator, option, area_kind as "areaKind", condition, bound,
  clear_bound as "clearBound", for_seconds as "forSeconds", severity, owner, ack_minutes as "ackMinutes",
  escalate_to as "escalateTo", sound, enabled`

export const READ_RULES = `select ${COLUMNS} from alert_rules order by id`

/** All rules. */
export async function readRules(db: QueryExecutorProvider): Promise<AlertRule[]> {
  const { rows } = await sql.raw<AlertRule>(READ_RULES).execute(db)
  return rows
}

/** One, locked until the end of the transaction. */
export async function lockRule(db: QueryExecutorProvider, id: number): Promise<AlertRule | undefined> {
  const { rows } =
    await sql<AlertRule>`select ${sql.raw(COLUMNS)} from alert_rules where id = ${id} for update`.execute(db)
  return rows[0]
}

export async function insertRule(db: QueryExecutorProvider, rule: Omit<AlertRule, 'id'>): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into alert_rules (area, name_th, name_en, indicator, option, area_kind, condition, bound, clear_bound, for_seconds, severity,
      owner, ack_minutes, escalate_to, sound, enabled)
    values (${rule.area}, ${rule.nameTh}, ${rule.nameEn}, ${rule.indicator}, ${rule.option}, ${rule.areaKind}, ${rule.condition}, ${rule.bound},
      ${rule.clearBound}, ${rule.forSeconds}, ${rule.severity}, ${rule.owner}, ${rule.ackMinutes}, ${rule.escalateTo},
      ${rule.sound}, ${rule.enabled}) returning id`.execute(db)
  return rows[0]?.id ?? 0
}

/** Writes what may be changed; what a rule watches stays. */
export async function writeRule(db: QueryExecutorProvider, rule: AlertRule): Promise<void> {
  await sql`update alert_rules set name_th = ${rule.nameTh}, name_en = ${rule.nameEn}, bound = ${rule.bound},
    clear_bound = ${rule.clearBound}, for_seconds = ${rule.forSeconds}, severity = ${rule.severity}, owner = ${rule.owner},
    ack_minutes = ${rule.ackMinutes}, escalate_to = ${rule.escalateTo}, sound = ${rule.sound}, enabled = ${rule.enabled}
    where id = ${rule.id}`.execute(db)
}

/** The areas of the accounts of each role: who would answer. */
export async function readOwners(db: QueryExecutorProvider): Promise<{ role: string; areas: string[] }[]> {
  return (await sql<{ role: string; areas: string[] }>`select role, areas from jitasa_areas_of_roles()`.execute(db))
    .rows
}
