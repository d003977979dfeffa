import { type QueryExecutorProvider, sql } from 'kysely'

export type ThresholdRow = {
  readonly indicator: string
  readonly watch: number | null
  readonly alarm: number | null
}

/** Those that somebody has set. */
export async function readThresholds(db: QueryExecutorProvider): Promise<readonly ThresholdRow[]> {
  const { rows } = await sql<ThresholdRow>`select indicator, watch, alarm from thresholds`.execute(db)
  return rows
}

/** One, locked until the end of the transaction; `undefined` while nobody has set it. */
export async function lockThreshold(db: QueryExecutorProvider, indicator: string): Promise<ThresholdRow | undefined> {
  const { rows } = await sql<ThresholdRow>`
    select indicator, watch, alarm from thresholds where indicator = ${indicator} for update`.execute(db)
  return rows[0]
}

/** Sets one, for every screen at once. */
export async function writeThreshold(
  db: QueryExecutorProvider,
  { indicator, watch, alarm }: ThresholdRow,
): Promise<void> {
  await sql`insert into thresholds (indicator, watch, alarm) values (${indicator}, ${watch}, ${alarm})
    on conflict (indicator) do update set watch = excluded.watch, alarm = excluded.alarm`.execute(db)
}
