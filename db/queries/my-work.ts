import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { NeedKind } from '../../hub/contract/vocabulary/needs.ts'
import type { Database } from '../schema.ts'

export type EndedRow = {
  readonly event: number
  readonly case_id: number
  readonly at: Date
  readonly kind: 'need.fulfilled' | 'need.transferred' | 'need.closed' | 'case.closed'
  /** of a need's event */
  readonly need: NeedKind | null
  readonly reason: string | null
  readonly total: number
}

/** `limit`: rows at most */
type Since = { readonly since: Date; readonly limit: number }

/**
 * The needs and cases an account has ended since an instant and that are still ended by it, the newest first. Its cases are found by the answers
 * kept under its keys (as long as the rule `answers` of retention says), which have an index by account; the history has none. What a case's end took
 * with it is not told apart from it.
 * The keys are read first: under row-level security an index is looked into only with what cannot leak, and reading JSON might.
 */
export function endedByQuery(account: string, { since, limit }: Since): RawBuilder<EndedRow> {
  return sql<EndedRow>`
    with commanded as materialized (
      select case when jsonb_typeof(body -> 'event') = 'number' then (body ->> 'event')::bigint end as event
      from idempotency where owner = ${account} and at >= ${since} and status = 200
    ), touched as materialized (
      select distinct case_id from commanded join case_events on case_events.id = commanded.event
    )
    select event.id as event, coalesce(needs.case_id, event.case_id) as case_id, event.recorded_at as at, event.kind,
      needs.kind as need, coalesce(needs.closed_reason, cases.closed_reason) as reason, count(*) over ()::integer as total
    from touched
      join case_events as event on event.case_id = touched.case_id
      left join needs on needs.id = event.need_id
      left join cases on cases.id = event.case_id and event.need_id is null
    where event.actor = ${account} and event.recorded_at >= ${since}
      and (
        (event.kind in ('need.fulfilled', 'need.transferred', 'need.closed') and needs.ended_at = event.recorded_at
          and event.details ->> 'with' is distinct from 'case')
        or (event.kind = 'case.closed' and cases.closed_reason is not null and not exists (
          select from case_events as later
          where later.case_id = event.case_id and later.id > event.id and later.kind = 'case.closed'))
      )
    order by event.id desc limit ${limit}`
}

export async function endedBy(db: Kysely<Database>, account: string, since: Since): Promise<readonly EndedRow[]> {
  return (await endedByQuery(account, since).execute(db)).rows
}
