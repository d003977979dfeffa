import type pg from 'pg'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import { deleteReports } from './day-reports.ts'
import { REPLAY_KEY } from './store.ts'

export type Holdings = {
  readonly kind: OperationKind
  readonly day: string
  readonly replayed: number
  /** the last day of a replayed case */
  readonly lastDay: string | null
  /** cases that are not of a replay */
  readonly others: number
  readonly imported: number
}

/** What a database holds, to decide whether a replay may begin in it. */
export async function holdings(client: pg.ClientBase): Promise<Holdings> {
  const { rows } = await client.query<Holdings>(
    `select o.kind, o.day::text, c.replayed, c."lastDay", c.others, c.imported from operation o, (
       select count(*) filter (where source = 'replay') as replayed,
         max(report_day) filter (where source = 'replay')::text as "lastDay",
         count(*) filter (where source not in ('replay', 'import')) as others,
         count(*) filter (where source = 'import') as imported
       from cases) c`,
  )
  const found = rows[0]
  if (found === undefined) throw new Error('the database has no operation; run npm run migrate first')
  return found
}

/** Rows per transaction: what one commit brings, every hub holds in memory and every screen gets at once. */
const DELETE_ROWS = 5000

/**
 * Deletes the cases, doses, tests and reports of days that replays and drills have written, and nothing else, in transactions of
 * DELETE_ROWS. Their facilities stay for the next replay, which sets the beds free.
 * @returns false when it was stopped before the end
 */
export async function deleteReplayed(
  client: pg.ClientBase,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<boolean> {
  const tables: readonly (readonly [table: string, where: string, value: string])[] = [
    ['cases', 'source = $1', 'replay'],
    ['vaccinations', 'starts_with(idempotency_key, $1)', REPLAY_KEY],
    ['tests', 'starts_with(idempotency_key, $1)', REPLAY_KEY],
  ]
  let rows = 0
  for (const [table, where, value] of tables) {
    const { rows: found } = await client.query<{ id: number }>(`select id from ${table} where ${where}`, [value])
    for (let from = 0; from < found.length; from += DELETE_ROWS) {
      if (signal.aborted) return false
      const ids = found.slice(from, from + DELETE_ROWS).map((row) => row.id)
      const { rowCount } = await client.query(`delete from ${table} where id = any($1)`, [ids])
      rows += rowCount ?? 0
      onRows(rows)
    }
  }
  await deleteReports(client)
  return true
}
