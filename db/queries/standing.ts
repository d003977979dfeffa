import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import type { BedReportContext } from './facilities.ts'

/** Tables that hold what stands, with the reports of it beside them. `part`: what a facility has several of. */
const STANDING = {
  stock: { reports: 'stock_reports', part: 'item' },
  care_units: { reports: 'unit_reports', part: 'kind' },
} as const
/** What the key of a part's row has before its name; `jitasa_undo_report` finds them by it. */
const KEY_OF = { stock: 'stock', care_units: 'unit' } as const
type Standing = keyof typeof STANDING

/** One part of a report: its name and its counts by column. */
export type PartReport = { readonly part: string; readonly counts: Readonly<Record<string, number>> }
export type NewerPart = { readonly part: string; readonly standing: Date }

/**
 * Appends what was reported with what stood before it, and makes it what stands, unless something newer stands.
 * @param key unique per report; each part's row adds its own
 * @returns parts for which an equally new or newer report stands; when there is one, roll back
 */
export async function writeStanding(
  db: Kysely<Database>,
  table: Standing,
  { facility, sourceAt, actor, now, key }: BedReportContext,
  parts: readonly PartReport[],
): Promise<NewerPart[]> {
  const { reports, part: column } = STANDING[table]
  const newer: NewerPart[] = []
  for (const { part, counts } of parts.toSorted((a, b) => (a.part < b.part ? -1 : 1))) {
    const { rows } = await sql<{ before: string; reported_at: Date }>`
      select to_jsonb(standing)::text as before, reported_at from ${sql.table(table)} as standing
      where facility_id = ${facility.id} and ${sql.ref(column)} = ${part} for no key update`.execute(db)
    const [stood] = rows
    if (stood && stood.reported_at >= sourceAt) {
      newer.push({ part, standing: stood.reported_at })
      continue
    }
    const names = Object.keys(counts)
    const columns = sql.join([column, ...names].map((name) => sql.ref(name)))
    const values = sql.join([part, ...Object.values(counts)])
    await sql`
      insert into ${sql.table(reports)} (facility_id, source_at, recorded_at, actor, idempotency_key, before, ${columns})
      values (${facility.id}, ${sourceAt}, ${now}, ${actor}, ${`${key}:${KEY_OF[table]}:${part}`}, ${stood?.before ?? null}::jsonb, ${values})`.execute(
      db,
    )
    await sql`
      insert into ${sql.table(table)} (facility_id, district, reported_at, ${columns})
      values (${facility.id}, ${facility.district}, ${sourceAt}, ${values})
      on conflict (facility_id, ${sql.ref(column)}) do update set reported_at = excluded.reported_at,
        ${sql.join(names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}`.execute(db)
  }
  return newer
}

export async function stockOfFacility(db: Kysely<Database>, facility: number) {
  return db.selectFrom('stock').selectAll().where('facility_id', '=', facility).orderBy('item').execute()
}

export async function unitsOfFacility(db: Kysely<Database>, facility: number) {
  return db.selectFrom('care_units').selectAll().where('facility_id', '=', facility).orderBy('kind').execute()
}

/** @param since a report made before it stays @returns why it was not taken back, or `null` */
export async function undoReport(
  db: Kysely<Database>,
  facility: number,
  key: string,
  since: Date,
  at: Date,
): Promise<'unknown' | 'undone' | 'late' | 'changed' | null> {
  const { rows } = await sql<{ why: 'unknown' | 'undone' | 'late' | 'changed' | null }>`
    select jitasa_undo_report(${facility}::int, ${key}, ${since}::timestamptz, ${at}::timestamptz) as why`.execute(db)
  return rows[0]?.why ?? null
}
