/** A row as PostgreSQL prints it: column → text, or null. */
export type Tuple = Readonly<Record<string, string | null>>

/** `old` of an update: the identity columns before it, or `null` when none of them changed (so the group is the same). */
export type Change =
  | { readonly kind: 'insert'; readonly table: string; readonly row: Tuple }
  | { readonly kind: 'update'; readonly table: string; readonly row: Tuple; readonly old: Tuple | null }
  | { readonly kind: 'delete'; readonly table: string; readonly old: Tuple }
  | { readonly kind: 'truncate'; readonly tables: readonly string[] }

/** A change that can be folded by itself. */
export type RowChange = Exclude<Change, { readonly kind: 'truncate' }>

/** One commit. `position`: the LSN after its commit record, in bytes; `at`: its commit time, whole ms since 1970. */
export type Transaction = { readonly position: number; readonly at: number; readonly changes: readonly Change[] }

/** Rows of one counted group: `row` has the grouping columns, `n` how many rows, or the sum of the metric's amount. */
export type Group = {
  readonly table: string
  /** index into COUNTED[table].metrics */
  readonly metric: number
  readonly row: Tuple
  readonly n: number
}

/** Everything at one position, read in the transaction of the slot's exported snapshot. */
export type Snapshot = {
  /** one database on one timeline; changes when another is connected, restored or promoted */
  readonly epoch: string
  readonly position: number
  /** ms since 1970, PostgreSQL's clock */
  readonly at: number
  readonly groups: Iterable<Group>
  /** rows of the tables that travel as rows (ROW_TABLES) */
  readonly rows: Iterable<{ readonly table: string; readonly row: Tuple }>
}
