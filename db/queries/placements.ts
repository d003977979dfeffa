import { type Kysely, sql } from 'kysely'
import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import type { Severity } from '../../hub/contract/vocabulary/severity.ts'
import type { Database } from '../schema.ts'

export type WaitingRow = {
  readonly id: number
  readonly district: string
  readonly place: string
  readonly severity: Severity
  readonly risk608: boolean
  readonly since: Date
  readonly lat: number | null
  readonly lon: number | null
  readonly refused_by: number | null
}

/**
 * Who waits for a place with no transfer under way, where their sub-district, or else their district, is.
 * @param within areas of at most 4 digits
 */
export async function waitingForBed(
  db: Kysely<Database>,
  within: readonly string[],
  limit: number,
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select cases.id, cases.district, coalesce(cases.place, cases.district) as place, severity, risk608,
        needs.opened_at as since, coalesce(small.lat, large.lat) as lat, coalesce(small.lon, large.lon) as lon,
        (select case status when 'rejected' then to_facility end from transfers
          where transfers.case_id = cases.id order by transfers.id desc limit 1) as refused_by
      from cases
      join needs on needs.case_id = cases.id and needs.kind = 'bed' and needs.status in ('open', 'claimed', 'in_progress')
      left join areas as small on small.code = cases.place
      left join areas as large on large.code = cases.district
      where waiting and array['TH', left(cases.district, 2), cases.district] && ${within}::text[]
        and not exists (select from transfers where transfers.case_id = cases.id
          and status in ('requested', 'approved', 'accepted', 'transport', 'en_route'))
      order by cases.id limit ${limit}`.execute(db)
  return rows
}

export type FreeBedsRow = {
  readonly id: number
  readonly district: string
  readonly name_th: string
  readonly name_en: string
  readonly level: BedLevel
  readonly free: number
  readonly lat: number | null
  readonly lon: number | null
}

/**
 * Free beds of facilities that take patients, by level, without those that are asked for already; of any area, whoever
 * asks. @param within areas of at most 4 digits
 */
export async function freeBedsOf(db: Kysely<Database>, within: readonly string[]): Promise<FreeBedsRow[]> {
  const { rows } = await sql<FreeBedsRow>`select * from jitasa_free_beds(${within}::text[])`.execute(db)
  return rows
}

export async function provincesOfRegion(db: Kysely<Database>, region: number): Promise<string[]> {
  const rows = await db
    .selectFrom('areas')
    .select('code')
    .where('level', '=', 'province')
    .where('health_region', '=', region)
    .execute()
  return rows.map(({ code }) => code)
}

/** Provinces whose point is nearest to that of this one, without it. */
export async function provincesNear(db: Kysely<Database>, province: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select other.code from areas as own, areas as other
      where own.code = ${province} and other.level = 'province' and other.code <> own.code and other.lat is not null
      order by (other.lat - own.lat) ^ 2 + ((other.lon - own.lon) * cos(radians(own.lat))) ^ 2 limit ${limit}`.execute(
    db,
  )
  return rows.map(({ code }) => code)
}
