import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, Reconciliations } from '../schema.ts'
import type { BedReport, BedReportContext } from './facilities.ts'

export type ReconciliationRow = Selectable<Reconciliations>
export type BedsOfLevel = { readonly facility: number; readonly level: BedReport['level'] }

/** @returns `<facility>.<level>` → how many people are known to lie in these beds, of whatever district they are */
export async function knownInBeds(
  db: Kysely<Database>,
  facilities: readonly number[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; known: number }>`
    select each || '.' || level as id, known
    from unnest(${[...new Set(facilities)]}::int[]) as each cross join lateral jitasa_known_in_beds(each)`.execute(db)
  return new Map(rows.map(({ id, known }) => [id, known]))
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
export async function dropReconciliations(db: Kysely<Database>, levels: readonly BedsOfLevel[]): Promise<void> {
  if (levels.length === 0) return
  await sql`
    delete from reconciliations using jsonb_to_recordset(${JSON.stringify(levels)}::jsonb) as newer (facility int, level text)
    where facility_id = newer.facility and reconciliations.level = newer.level`.execute(db)
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
