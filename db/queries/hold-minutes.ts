import { type QueryExecutorProvider, sql } from 'kysely'
import type { BedKind } from '../../hub/contract/vocabulary/facilities.ts'

export type HoldMinutesRow = { readonly kind: BedKind; readonly minutes: number }

export async function readHoldMinutes(db: QueryExecutorProvider): Promise<readonly HoldMinutesRow[]> {
  const { rows } = await sql<HoldMinutesRow>`select kind, minutes from hold_minutes order by kind`.execute(db)
  return rows
}

/** @returns what it was before */
export async function writeHoldMinutes(db: QueryExecutorProvider, { kind, minutes }: HoldMinutesRow): Promise<number> {
  const { rows } = await sql<{ before: number }>`
    with stood as (select minutes from hold_minutes where kind = ${kind} for update)
    update hold_minutes set minutes = ${minutes} from stood where kind = ${kind} returning stood.minutes as before`.execute(
    db,
  )
  const before = rows[0]?.before
  if (before === undefined) throw new Error(`no minutes of ${kind} to change`)
  return before
}
