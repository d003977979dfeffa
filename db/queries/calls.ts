import { type QueryExecutorProvider, sql } from 'kysely'
import type { CallOutcome, CallState } from '../../hub/contract/vocabulary/calls.ts'
import type { Language } from '../../hub/contract/vocabulary/languages.ts'
import { openRow, sealRow } from '../personal/index.ts'
import type { Queryable } from './claims-expiry.ts'

/** What moves a call on. */
export type CallChange = {
  readonly state: CallState
  readonly dueAt: Date | null
  readonly tries: number
  readonly claimedBy: string | null
  readonly holderLabel: string | null
  readonly leaseUntil: Date | null
  readonly endedAt: Date | null
  readonly endedLabel: string | null
  readonly outcome: CallOutcome | null
  readonly caseId: number | null
}
export type NewCall = {
  readonly district: string
  readonly ref: string | null
  readonly language: Language
  readonly rangAt: Date
}
export type CallRow = CallChange & NewCall & { readonly id: number }

const COLUMNS = sql`id, district, ref, state, language, rang_at as "rangAt", due_at as "dueAt", tries, claimed_by as "claimedBy",
  holder_label as "holderLabel", lease_until as "leaseUntil", ended_at as "endedAt", ended_label as "endedLabel", outcome,
  case_id as "caseId"`

/** Locks the call until the end of the transaction. */
export async function lockCall(db: QueryExecutorProvider, id: number): Promise<CallRow | undefined> {
  const { rows } = await sql<CallRow>`select ${COLUMNS} from calls where id = ${id} for update`.execute(db)
  return rows[0]
}

/** The call that the exchange of a province calls `ref`, locked; two reports of a new one wait for each other. */
export async function lockCallOfExchange(
  db: QueryExecutorProvider,
  district: string,
  ref: string,
): Promise<CallRow | undefined> {
  const province = district.slice(0, 2)
  await sql`select pg_advisory_xact_lock(hashtextextended('call ' || ${province} || ' ' || ${ref}, 0))`.execute(db)
  const { rows } = await sql<CallRow>`
    select ${COLUMNS} from calls where left(district, 2) = ${province} and ref = ${ref} for update`.execute(db)
  return rows[0]
}

export async function insertCall(
  db: QueryExecutorProvider,
  { district, ref, language, rangAt }: NewCall,
  { phone, note }: { readonly phone: string; readonly note: string | null },
  { state, dueAt, endedAt, endedLabel, outcome }: CallChange,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into calls (district, ref, language, rang_at, state, due_at, ended_at, ended_label, outcome)
    values (${district}, ${ref}, ${language}, ${rangAt}, ${state}, ${dueAt}, ${endedAt}, ${endedLabel}, ${outcome})
    returning id`.execute(db)
  const id = rows[0]?.id ?? 0
  const sealed = await sealRow(db, 'call_numbers', id, { phone, note })
  await sql`insert into call_numbers (call_id, phone, note) values (${id}, ${sealed.phone}, ${sealed.note})`.execute(db)
  return id
}

export async function writeCall(db: QueryExecutorProvider, id: number, change: CallChange): Promise<void> {
  await sql`update calls set state = ${change.state}, due_at = ${change.dueAt}, tries = ${change.tries},
    claimed_by = ${change.claimedBy}, holder_label = ${change.holderLabel}, lease_until = ${change.leaseUntil},
    ended_at = ${change.endedAt}, ended_label = ${change.endedLabel}, outcome = ${change.outcome},
    case_id = ${change.caseId} where id = ${id}`.execute(db)
}

export type CallNumber = { readonly phone: string; readonly note: string | null }

export async function readCallNumber(db: QueryExecutorProvider, id: number): Promise<CallNumber | undefined> {
  const { rows } = await sql<{ phone: Buffer; note: Buffer | null }>`
    select phone, note from call_numbers where call_id = ${id}`.execute(db)
  if (rows[0] === undefined) return undefined
  const { phone, note } = await openRow(db, 'call_numbers', id, rows[0], ['phone', 'note'])
  return { phone: phone ?? '', note }
}

/** Those that have ended since, the latest first. */
export async function endedCalls(
  db: QueryExecutorProvider,
  { area, since, limit }: { readonly area: string; readonly since: Date; readonly limit: number },
): Promise<CallRow[]> {
  const { rows } = await sql<CallRow>`
    select ${COLUMNS} from calls
    where state = 'ended' and ended_at >= ${since} and (${area} = 'TH' or starts_with(district, ${area}))
    order by ended_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/**
 * Calls whose agent has said nothing for too long are owed again.
 * @param now ms since 1970
 * @returns how many
 */
export async function expireCalls(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(
    `update calls set state = 'owed', claimed_by = null, holder_label = null, lease_until = null
     where id = any(array(select id from calls where state = 'claimed' and lease_until <= $1 for update skip locked))`,
    [new Date(now)],
  )
  return rowCount ?? 0
}

/** Numbers of calls that ended long ago are of no use to anybody. */
export async function forgetCallNumbers(db: Queryable, before: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from call_numbers using calls where calls.id = call_id and state = 'ended' and ended_at < $1`,
    [new Date(before)],
  )
  return rowCount ?? 0
}
