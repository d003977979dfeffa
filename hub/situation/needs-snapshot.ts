import type { Change, Tuple } from './change.ts'
import { lacksWords } from './row-table.ts'
import { ROWS_BY_TABLE, type RowTable } from './row-tables.ts'

/**
 * Whether a change cannot be folded by itself: TRUNCATE, the operation's day set back, or a row that stood in no scope and
 * comes into one by a change that does not bring its words.
 * @param today of the operation, as folded so far
 * @param knows whether the row's state before is held
 */
export function needsSnapshot(change: Change, today: string, knows: (rows: RowTable, row: Tuple) => boolean): boolean {
  if (change.kind === 'truncate') return true
  if (change.kind === 'update') {
    const rows = ROWS_BY_TABLE.get(change.table)
    if (rows && lacksWords(rows, change.row) && rows.place(change.row) && !knows(rows, change.row)) return true
  }
  if (change.table !== 'operation') return false
  return change.kind === 'delete' || (change.row.day ?? '') < today
}
