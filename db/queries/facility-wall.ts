import { type Kysely, sql } from 'kysely'
import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import type { COMING_TRANSFER_STATES } from '../../hub/contract/vocabulary/transfers.ts'
import type { Database } from '../schema.ts'

/** People who are sent to a facility, by level and step; `until`: when the beds that are held for them are free again. */
export type ComingRow = {
  readonly level: BedLevel
  readonly status: (typeof COMING_TRANSFER_STATES)[number]
  readonly until: Date | null
  readonly people: number
}

export async function comingTo(db: Kysely<Database>, facility: number): Promise<ComingRow[]> {
  const { rows } = await sql<ComingRow>`select * from jitasa_facility_coming(${facility})`.execute(db)
  return rows
}

export type CensusRow = { readonly day: string; readonly level: BedLevel; readonly occupied: number }

/** Its occupied beds at the end of each day that was counted, of the operation's day and the `days` before it. */
export async function censusOf(db: Kysely<Database>, facility: number, days: number): Promise<CensusRow[]> {
  const { rows } = await sql<CensusRow>`
    select census.day::text, level, occupied from operation,
      jitasa_facility_census(${facility}, operation.day - ${days}::integer) as census
    where census.day <= operation.day order by census.day`.execute(db)
  return rows
}

/** The doses it gave on the operation's day and in the seven days that end with it; 0 where it said none. */
export async function dosesOf(
  db: Kysely<Database>,
  facility: number,
): Promise<{ readonly today: number; readonly week: number }> {
  const { rows } = await sql<{ today: number; week: number }>`
    select coalesce(sum(doses) filter (where given.day = operation.day), 0)::integer as today,
      coalesce(sum(doses), 0)::integer as week
    from operation left join jitasa_facility_doses(${facility}, operation.day - 6) as given on given.day <= operation.day
    `.execute(db)
  return rows[0] ?? { today: 0, week: 0 }
}
