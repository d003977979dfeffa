import { type Kysely, type Selectable, sql } from 'kysely'
import type { Beds, Database, Facilities } from '../schema.ts'

export type FacilityRow = Selectable<Facilities>
export type BedRow = Selectable<Beds>

export async function readFacility(db: Kysely<Database>, id: number): Promise<FacilityRow | undefined> {
  return db.selectFrom('facilities').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Those of these facilities that the account sees. */
export async function facilitiesOf(db: Kysely<Database>, ids: readonly number[]): Promise<FacilityRow[]> {
  return ids.length === 0 ? [] : db.selectFrom('facilities').selectAll().where('id', 'in', ids).execute()
}

export async function bedsOfFacility(db: Kysely<Database>, facility: number): Promise<BedRow[]> {
  return db.selectFrom('beds').selectAll().where('facility_id', '=', facility).orderBy('level').execute()
}

/** Moves one bed between states. @returns whether there was one to move. */
export async function moveOneBed(
  db: Kysely<Database>,
  facility: number,
  level: string,
  from: string,
  to: string,
): Promise<boolean> {
  const { rows } = await sql<{ moved: boolean }>`
    select jitasa_move_bed(${facility}::int, ${level}, ${from}, ${to}) as moved`.execute(db)
  return rows[0]?.moved ?? false
}

export type BedReport = {
  readonly level: BedRow['level']
  readonly staffed: number
  readonly available: number
  readonly held: number
  readonly occupied: number
  readonly cleaning: number
  readonly blocked: number
}

export type BedReportContext = {
  readonly facility: Pick<FacilityRow, 'id' | 'district'>
  readonly sourceAt: Date
  readonly actor: string
  readonly now: Date
  /** unique per report; each level's row adds its own */
  readonly key: string
}

/**
 * Appends what was reported and makes it what stands, level by level, unless something newer stands.
 * @returns levels for which an equally new or newer report stands, with its time; when there is one, roll back.
 */
export async function writeBedReport(
  db: Kysely<Database>,
  { facility, sourceAt, actor, now, key }: BedReportContext,
  levels: readonly BedReport[],
): Promise<{ level: string; standing: Date }[]> {
  const newer: { level: string; standing: Date }[] = []
  for (const { level, ...counts } of levels) {
    const { rows } = await sql<{ before: string }>`
      select to_jsonb(standing)::text as before from beds as standing
      where facility_id = ${facility.id} and level = ${level} for no key update`.execute(db)
    await db
      .insertInto('bed_reports')
      .values({
        facility_id: facility.id,
        level,
        ...counts,
        source_at: sourceAt,
        recorded_at: now,
        actor,
        idempotency_key: `${key}:${level}`,
        before: rows[0]?.before ?? null,
      })
      .execute()
    const written = await db
      .insertInto('beds')
      .values({ facility_id: facility.id, level, district: facility.district, ...counts, reported_at: sourceAt })
      .onConflict((conflict) =>
        conflict
          .columns(['facility_id', 'level'])
          .doUpdateSet({ ...counts, reported_at: sourceAt })
          .where('beds.reported_at', '<', sourceAt),
      )
      .returning('level')
      .executeTakeFirst()
    if (written === undefined) {
      const { reported_at } = await db
        .selectFrom('beds')
        .select('reported_at')
        .where('facility_id', '=', facility.id)
        .where('level', '=', level)
        .executeTakeFirstOrThrow()
      newer.push({ level, standing: reported_at })
    }
  }
  await noteReported(db, facility.id, sourceAt)
  return newer
}

/** Says when a facility was heard of last: what it is late by (db/queries/lateness.ts). */
export async function noteReported(db: Kysely<Database>, facility: number, at: Date): Promise<void> {
  await sql`update facilities set reported_at = greatest(reported_at, ${at}) where id = ${facility}`.execute(db)
}
