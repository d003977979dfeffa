import type { Queryable } from './claims-expiry.ts'

/** Statements of one sweep; the rest is for the next, so that no task keeps the others waiting. */
const SWEEPS_MAX = 20
/** Rows that one clean-up statement deletes. */
export const DELETE_BATCH = 5_000

/** @param batch how many `once` does at most. @returns how many were done */
export async function sweep(batch: number, once: () => Promise<number>): Promise<number> {
  let changed = 0
  for (let i = 0; i < SWEEPS_MAX; i++) {
    const count = await once()
    changed += count
    if (count < batch) break
  }
  return changed
}

/** Deletes a batch of what is over. @param where of the table's columns and `$1`, which is `before`. @returns how many rows went */
export async function deleteBatch(db: Queryable, table: string, where: string, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `delete from ${table} where ctid = any (array(select ctid from ${table} where ${where} limit ${DELETE_BATCH}))`,
    [before],
  )
  return rowCount ?? 0
}
