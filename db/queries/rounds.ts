import { type QueryExecutorProvider, sql } from 'kysely'
import type { RoundSetting } from '../../hub/contract/vocabulary/rounds.ts'
import type { TestKind } from '../../hub/contract/vocabulary/tests.ts'

export type NewRound = {
  readonly district: string
  readonly place: string
  readonly setting: RoundSetting
  readonly day: string
}
export type RoundRow = NewRound & {
  readonly id: number
  readonly by: string
  readonly recordedAt: Date
  readonly results: readonly { readonly kind: TestKind; readonly tested: number; readonly positive: number }[]
}

export async function insertRound(
  db: QueryExecutorProvider,
  { district, place, setting, day }: NewRound,
  by: { readonly account: string | null; readonly label: string; readonly at: Date },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into rounds (district, place, setting, day, actor, actor_label, recorded_at)
    values (${district}, ${place}, ${setting}, ${day}, ${by.account}, ${by.label}, ${by.at}) returning id`.execute(db)
  return rows[0]?.id ?? 0
}

/** Newest first, each with what its tests came to. */
export async function listRounds(
  db: QueryExecutorProvider,
  asked:
    | { readonly area: string; readonly before: number | undefined; readonly limit: number }
    | { readonly id: number },
): Promise<RoundRow[]> {
  const which =
    'id' in asked
      ? sql`rounds.id = ${asked.id}`
      : sql`(${asked.area} = 'TH' or starts_with(place, ${asked.area}))
          and (${asked.before ?? null}::bigint is null or rounds.id < ${asked.before ?? null})`
  const { rows } = await sql<RoundRow>`
    select rounds.id, rounds.district, place, setting, rounds.day::text as day, actor_label as by, rounds.recorded_at as "recordedAt",
      coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'tested', tested, 'positive', positive) order by kind desc)
        from (select kind, sum(tested) as tested, sum(positive) as positive from tests where round_id = rounds.id group by kind) as each), '[]') as results
    from rounds where ${which} order by rounds.id desc limit ${'id' in asked ? 1 : asked.limit}`.execute(db)
  return rows
}
