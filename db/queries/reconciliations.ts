import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, Reconciliations } from '../schema.ts'
import type { BedReport, BedReportContext } from './facilities.ts'

export type ReconciliationRow = Selectable<Reconciliations>

/** @returns level → how many people are known to lie in its beds, of whatever district they are */
export async function knownInBeds(db: Kysely<Database>, facility: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ level: string; known: number }>`
    select level, known from jitasa_known_in_beds(${facility}::int)`.execute(db)
  return new Map(rows.map(({ level, known }) => [level, known]))
}

/** Takes the place of an older count of the level that waits. */
export async function openReconciliation(
  db: Kysely<Database>,
  { facility, sourceAt, actor, now, key }: BedReportContext,
  label: string,
  { level, ...counts }: BedReport,
  known: number,
): Promise<void> {
  const values = {
    ...counts,
    district: facility.district,
    known,
    source_at: sourceAt,
    opened_at: now,
    actor,
    actor_label: label,
    key,
  }
  await db
    .insertInto('reconciliations')
    .values({ facility_id: facility.id, level, ...values })
    .onConflict((conflict) =>
      conflict.columns(['facility_id', 'level']).doUpdateSet(values).where('reconciliations.source_at', '<', sourceAt),
    )
    .execute()
}

/** A newer count of these levels was taken: what waits of them is of the past. */
export async function dropReconciliations(
  db: Kysely<Database>,
  facility: number,
  levels: readonly BedReport['level'][],
): Promise<void> {
  if (levels.length === 0) return
  await db.deleteFrom('reconciliations').where('facility_id', '=', facility).where('level', 'in', levels).execute()
}

export async function reconciliationsOf(db: Kysely<Database>, facility: number): Promise<ReconciliationRow[]> {
  return db.selectFrom('reconciliations').selectAll().where('facility_id', '=', facility).orderBy('level').execute()
}

export async function lockReconciliation(
  db: Kysely<Database>,
  facility: number,
  level: BedReport['level'],
): Promise<ReconciliationRow | undefined> {
  return db
    .selectFrom('reconciliations')
    .selectAll()
    .where('facility_id', '=', facility)
    .where('level', '=', level)
    .forUpdate()
    .executeTakeFirst()
}
