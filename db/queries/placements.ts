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

/** Who waits for a place with no transfer under way, where their sub-district, or else their district, is. */
export async function waitingForBed(db: Kysely<Database>, area: string, limit: number): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select cases.id, cases.district, coalesce(cases.place, cases.district) as place, severity, risk608,
        needs.opened_at as since, coalesce(small.lat, large.lat) as lat, coalesce(small.lon, large.lon) as lon,
        (select case status when 'rejected' then to_facility end from transfers
          where transfers.case_id = cases.id order by transfers.id desc limit 1) as refused_by
      from cases
      join needs on needs.case_id = cases.id and needs.kind = 'bed' and needs.status in ('open', 'claimed', 'in_progress')
      left join areas as small on small.code = cases.place
      left join areas as large on large.code = cases.district
      where waiting and starts_with(cases.district, ${area})
        and not exists (select from transfers where transfers.case_id = cases.id
          and status in ('requested', 'approved', 'accepted', 'transport', 'en_route'))
      order by cases.id limit ${limit}`.execute(db)
  return rows
}

export type FreeBedsRow = {
  readonly id: number
  readonly level: BedLevel
  readonly free: number
  readonly lat: number | null
  readonly lon: number | null
}

/**
 * Free beds of facilities that take patients, by level, without those that are asked for already: whoever is approved
 * or requested there comes first.
 */
export async function freeBedsOf(db: Kysely<Database>, area: string): Promise<FreeBedsRow[]> {
  const { rows } = await sql<FreeBedsRow>`
    select facilities.id, beds.level, (available - coalesce(asked.n, 0))::integer as free,
        coalesce(facilities.lat, areas.lat) as lat, coalesce(facilities.lon, areas.lon) as lon
      from facilities join beds on beds.facility_id = facilities.id
      left join areas on areas.code = facilities.district
      left join (select to_facility, level, count(*) as n from transfers where status in ('requested', 'approved')
          group by to_facility, level) as asked
        on asked.to_facility = facilities.id and asked.level = beds.level
      where active and kind in ('hospital', 'field', 'hospitel', 'ci') and starts_with(facilities.district, ${area})
        and available > coalesce(asked.n, 0)`.execute(db)
  return rows
}
