import { type Kysely, type Selectable, sql } from 'kysely'
import type { Beds, Database, Facilities } from '../schema.ts'

export type FacilityRow = Selectable<Facilities>
export type BedRow = Selectable<Beds>

export async function readFacility(db: Kysely<Database>, id: number): Promise<FacilityRow | undefined> {
  return db.selectFrom('facilities').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What everybody may know of a facility, wherever it is. */
export type KnownFacility = Pick<
  FacilityRow,
  'id' | 'district' | 'kind' | 'active' | 'closed_at' | 'merged_into' | 'name_th' | 'name_en'
>

/** Facilities of any area. */
export async function knownFacilities(db: Kysely<Database>, ids: readonly number[]): Promise<KnownFacility[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<KnownFacility>`select * from jitasa_facilities_known(${ids}::integer[])`.execute(db)
  return rows
}

/** Those of these facilities that the account sees. */
export async function facilitiesOf(db: Kysely<Database>, ids: readonly number[]): Promise<FacilityRow[]> {
  return ids.length === 0 ? [] : db.selectFrom('facilities').selectAll().where('id', 'in', ids).execute()
}

export async function bedsOfFacility(db: Kysely<Database>, facility: number): Promise<BedRow[]> {
  return db.selectFrom('beds').selectAll().where('facility_id', '=', facility).orderBy('level').execute()
}

export async function bedsOfFacilities(db: Kysely<Database>, ids: readonly number[]): Promise<BedRow[]> {
  return ids.length === 0 ? [] : db.selectFrom('beds').selectAll().where('facility_id', 'in', ids).execute()
}

/** Those of these hospital codes or numbers that the account sees. */
export async function facilitiesNamed(db: Kysely<Database>, names: readonly string[]): Promise<FacilityRow[]> {
  if (names.length === 0) return []
  const { rows } = await sql<FacilityRow>`
    select * from facilities where code = any (${names}) or id::text = any (${names}) order by id`.execute(db)
  return rows
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
  readonly actor: string | null
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

export type ManyBeds = readonly (BedReport & { readonly facility_id: number })[]

/** As writeBedReport, for many facilities at once. @returns how many levels stand as reported; fewer than all: roll back */
export async function writeManyBeds(
  db: Kysely<Database>,
  { sourceAt, actor, now, key }: Omit<BedReportContext, 'facility'>,
  rows: ManyBeds,
): Promise<number> {
  const said = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (facility_id int, level text, staffed int,
    available int, held int, occupied int, cleaning int, blocked int)`
  const counts = sql`said.staffed, said.available, said.held, said.occupied, said.cleaning, said.blocked`
  await sql`select from beds where facility_id = any (${[...new Set(rows.map((row) => row.facility_id))]})
    order by facility_id, level for no key update`.execute(db)
  await sql`
    insert into bed_reports (facility_id, level, staffed, available, held, occupied, cleaning, blocked, source_at, recorded_at,
      actor, idempotency_key, before)
    select facility_id, level, ${counts}, ${sourceAt}, ${now}, ${actor}, ${key} || ':' || facility_id || ':' || level, to_jsonb(beds)
    from ${said} left join beds using (facility_id, level)`.execute(db)
  const { rows: written } = await sql`
    insert into beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, reported_at)
    select facilities.id, level, district, ${counts}, ${sourceAt}
    from ${said} join facilities on facilities.id = facility_id order by 1, 2
    on conflict (facility_id, level) do update set staffed = excluded.staffed, available = excluded.available,
      held = excluded.held, occupied = excluded.occupied, cleaning = excluded.cleaning, blocked = excluded.blocked,
      reported_at = excluded.reported_at where beds.reported_at < excluded.reported_at
    returning level`.execute(db)
  await sql`update facilities set reported_at = greatest(reported_at, ${sourceAt})
    where id = any (${[...new Set(rows.map((row) => row.facility_id))]})`.execute(db)
  return written.length
}

/** Says when a facility was heard of last: what it is late by (db/queries/lateness.ts). */
export async function noteReported(db: Kysely<Database>, facility: number, at: Date): Promise<void> {
  await sql`update facilities set reported_at = greatest(reported_at, ${at}) where id = ${facility}`.execute(db)
}
