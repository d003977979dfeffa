import { type QueryExecutorProvider, sql } from 'kysely'
import {
  type CloseResourceReason,
  RESOURCE_CLAIM_HOURS,
  type ResourceEvent,
  type ResourceKind,
  type ResourceState,
} from '../../hub/contract/vocabulary/resources.ts'
import type { Queryable } from './claims-expiry.ts'

export type NewResource = {
  readonly kind: ResourceKind
  readonly quantity: number
  readonly urgent: boolean
  readonly district: string
  readonly place: string
  readonly facility: number | null
}
export type ResourceRow = NewResource & {
  readonly id: number
  readonly nameTh: string | null
  readonly nameEn: string | null
  readonly status: ResourceState
  readonly requestedBy: string
  readonly requestedLabel: string
  readonly requestedAt: Date
  readonly claimedBy: string | null
  readonly holderLabel: string | null
  readonly claimedAt: Date | null
  readonly endedAt: Date | null
  readonly reason: CloseResourceReason | null
}

const COLUMNS = sql`resources.id, resources.kind, quantity, urgent, resources.district, place, facility_id as facility,
  name_th as "nameTh", name_en as "nameEn", status, requested_by as "requestedBy", requested_label as "requestedLabel",
  requested_at as "requestedAt", claimed_by as "claimedBy", holder_label as "holderLabel", claimed_at as "claimedAt",
  ended_at as "endedAt", reason`
const FROM = sql`from resources left join facilities on facilities.id = facility_id`

export async function insertResource(
  db: QueryExecutorProvider,
  { kind, quantity, urgent, district, place, facility }: NewResource,
  by: { readonly account: string; readonly label: string; readonly at: Date },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into resources (kind, quantity, urgent, district, place, facility_id, requested_by, requested_label, requested_at)
    values (${kind}, ${quantity}, ${urgent}, ${district}, ${place}, ${facility}, ${by.account}, ${by.label}, ${by.at})
    returning id`.execute(db)
  return rows[0]?.id ?? 0
}

/** Locks the request until the end of the transaction. */
export async function lockResource(db: QueryExecutorProvider, id: number): Promise<ResourceRow | undefined> {
  const { rows } =
    await sql<ResourceRow>`select ${COLUMNS} ${FROM} where resources.id = ${id} for update of resources`.execute(db)
  return rows[0]
}

export async function readResource(db: QueryExecutorProvider, id: number): Promise<ResourceRow | undefined> {
  const { rows } = await sql<ResourceRow>`select ${COLUMNS} ${FROM} where resources.id = ${id}`.execute(db)
  return rows[0]
}

/** Newest first. */
export async function listResources(
  db: QueryExecutorProvider,
  {
    area,
    facility,
    before,
    limit,
  }: {
    readonly area: string
    readonly facility: number | undefined
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<ResourceRow[]> {
  const { rows } = await sql<ResourceRow>`
    select ${COLUMNS} ${FROM}
    where (${area} = 'TH' or starts_with(place, ${area})) and (${facility ?? null}::integer is null or facility_id = ${facility ?? null})
      and (${before ?? null}::bigint is null or resources.id < ${before ?? null})
    order by resources.id desc limit ${limit}`.execute(db)
  return rows
}

export type ResourceChange = Pick<
  ResourceRow,
  'quantity' | 'status' | 'claimedBy' | 'holderLabel' | 'claimedAt' | 'endedAt' | 'reason'
>

export async function writeResource(db: QueryExecutorProvider, id: number, change: ResourceChange): Promise<void> {
  await sql`update resources set quantity = ${change.quantity}, status = ${change.status}, claimed_by = ${change.claimedBy},
    holder_label = ${change.holderLabel}, claimed_at = ${change.claimedAt}, ended_at = ${change.endedAt},
    reason = ${change.reason} where id = ${id}`.execute(db)
}

export type ResourceEventRow = {
  readonly kind: ResourceEvent
  readonly by: string
  readonly at: Date
  readonly quantity: number | null
}

export async function addResourceEvent(
  db: QueryExecutorProvider,
  resource: number,
  kind: ResourceEvent,
  by: { readonly account: string | null; readonly label: string; readonly at: Date; readonly key: string },
  quantity: number | null,
): Promise<void> {
  await sql`insert into resource_events (resource_id, kind, actor, actor_label, at, idempotency_key, quantity)
    values (${resource}, ${kind}, ${by.account}, ${by.label}, ${by.at}, ${by.key}, ${quantity})`.execute(db)
}

export async function resourceEvents(db: QueryExecutorProvider, resource: number): Promise<ResourceEventRow[]> {
  const { rows } = await sql<ResourceEventRow>`
    select kind, actor_label as by, at, quantity from resource_events where resource_id = ${resource} order by id`.execute(
    db,
  )
  return rows
}

/** Claims ended by one statement; a sweep repeats it until fewer come back. */
export const CLAIMS_BATCH = 500

const EXPIRE = `
  with due as (
    select id, holder_label from resources
    where status = 'claimed' and claimed_at <= $1::timestamptz - make_interval(hours => ${RESOURCE_CLAIM_HOURS})
    order by claimed_at limit ${CLAIMS_BATCH} for update skip locked
  ), freed as (
    update resources set status = 'open', claimed_by = null, holder_label = null, claimed_at = null
    from due where resources.id = due.id returning resources.id, due.holder_label
  )
  insert into resource_events (resource_id, kind, actor_label, at) select id, 'expired', holder_label, $1 from freed`

/**
 * Ends claims that nobody has kept or met in time, each with its history; what somebody is writing is left for the next sweep.
 * @param now ms since 1970
 * @returns how many it ended
 */
export async function expireResourceClaims(db: Queryable, now: number): Promise<number> {
  return (await db.query(EXPIRE, [new Date(now)])).rowCount ?? 0
}
