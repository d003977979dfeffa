import { type Kysely, sql, type Transaction } from 'kysely'
import type { FactorKind, SessionFactor } from '../../hub/contract/vocabulary/factors.ts'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

type Db = Kysely<AccountsDatabase> | Transaction<AccountsDatabase>

/** A session with everything that decides what it opens. */
export type SessionRow = {
  readonly id: string
  /** as audit log and revocations have it */
  readonly hash: string
  readonly account: string
  readonly role: string
  readonly drill: boolean
  /** from where it was used last */
  readonly address: string | null
  readonly createdAt: Date
  readonly usedAt: Date
  readonly provenAt: Date
  readonly factor: SessionFactor | null
  readonly factorAt: Date | null
  /** the kinds of factors that the account has */
  readonly kinds: readonly FactorKind[]
  readonly recoveryCodes: number
  readonly hasPassword: boolean
  readonly operation: OperationKind
  /** null: of a screen, which has no rules */
  readonly factorFrom: Date | null
  readonly idleMinutes: number | null
  readonly lifeHours: number | null
  readonly inDrill: boolean
  readonly proofMinutes: number
}

/** @param by the token of the session, or its hash */
export async function readSession(
  db: Db,
  by: { readonly token: string } | { readonly hash: string },
): Promise<SessionRow | undefined> {
  const which = 'token' in by ? sql`token = ${by.token}` : sql`session_hash = ${by.hash}`
  const { rows } = await sql<SessionRow>`
    select s.id, s.session_hash as hash, s.account_id as account, coalesce(g.role, 'unbound') as role, a.drill,
      s.ip_address as address, s.created_at as "createdAt", s.used_at as "usedAt", s.proven_at as "provenAt", s.factor, s.factor_at as "factorAt",
      array(select distinct kind from account_factors f where f.account_id = a.id and confirmed_at is not null) as kinds,
      (select count(*)::integer from account_recovery_codes c where c.account_id = a.id) as "recoveryCodes",
      exists (select from account_credentials c where c.account_id = a.id and provider = 'credential') as "hasPassword",
      o.kind as operation, r.factor_from as "factorFrom", r.idle_minutes as "idleMinutes", r.life_hours as "lifeHours",
      in_drill as "inDrill", proof_minutes as "proofMinutes"
    from account_sessions s join accounts a on a.id = s.account_id
      left join account_grants g on g.account_id = a.id
      left join sign_in_rules r on r.role = coalesce(g.role, 'unbound')
      cross join operation o cross join sign_in_settings
    where s.${which}`.execute(db)
  return rows[0]
}

/** The session's own times are the hub's clock's. */
export async function noteBegin(db: Db, token: string, now: Date): Promise<void> {
  await db
    .updateTable('account_sessions')
    .set({ created_at: now, used_at: now, proven_at: now })
    .where('token', '=', token)
    .execute()
}

/** From where the session began. */
export async function noteAddress(db: Db, token: string, address: string | null): Promise<void> {
  await db.updateTable('account_sessions').set({ ip_address: address }).where('token', '=', token).execute()
}

/** Something was done in the session. */
export async function noteSessionUse(db: Db, hash: string, now: Date, address: string | null): Promise<void> {
  await db
    .updateTable('account_sessions')
    .set({ used_at: now, ip_address: address })
    .where('session_hash', '=', hash)
    .where('used_at', '<', now)
    .execute()
}

/**
 * Who is there was proven, by a second factor or by the password (`null`): the session goes on under another token, and the one
 * that asked opens nothing from then on.
 * @param session as it was read for the request
 * @returns whether it did: of several proofs at once under one token, one does
 */
export async function renewToken(
  db: Db,
  { id, hash }: Pick<SessionRow, 'id' | 'hash'>,
  token: string,
  factor: SessionFactor | null,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account_sessions')
    .set({ token, proven_at: now, used_at: now, ...(factor !== null && { factor, factor_at: now }) })
    .where('id', '=', id)
    .where('session_hash', '=', hash)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** For so long whoever comes with the token of before is told that there is a new one: the answer that brings it may still be under way. */
export const RENEWED_MS = 15_000

/** Whether a session went on under another token a moment ago. */
export async function wasRenewed(db: Db, hash: string): Promise<boolean> {
  const { rows } = await sql`select from session_revocations where session_hash = ${hash} and renewed
    and at > now() - ${RENEWED_MS} * interval '1 millisecond'`.execute(db)
  return rows.length > 0
}

/** A second factor was shown as the session began. */
export async function noteProof(db: Db, id: string, factor: SessionFactor, now: Date): Promise<void> {
  await db
    .updateTable('account_sessions')
    .set({ proven_at: now, used_at: now, factor, factor_at: now })
    .where('id', '=', id)
    .execute()
}

/** The session goes on under another token: it is as old, and what it has shown stays shown. */
export async function carryOver(trx: Transaction<AccountsDatabase>, token: string, from: SessionRow): Promise<void> {
  const { id, address, createdAt, provenAt, factor, factorAt } = from
  await trx
    .updateTable('account_sessions')
    .set({ ip_address: address, created_at: createdAt, proven_at: provenAt, factor, factor_at: factorAt })
    .where('token', '=', token)
    .execute()
  await trx.deleteFrom('account_sessions').where('id', '=', id).execute()
}

/** One at a time: a new challenge takes the place of the one before. */
export async function setChallenge(db: Db, id: string, challenge: string, until: Date): Promise<void> {
  await db.updateTable('account_sessions').set({ challenge, challenge_until: until }).where('id', '=', id).execute()
}

/** @returns the challenge that this session was given, this once; `undefined` when there is none, or it is too old */
export async function takeChallenge(db: Db, id: string, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ challenge: string | null; until: Date | null }>`
    update account_sessions s set challenge = null, challenge_until = null
    from (select id, challenge, challenge_until from account_sessions where id = ${id} for update) b
    where s.id = b.id returning b.challenge, b.challenge_until as until`.execute(db)
  const [row] = rows
  return row?.challenge && row.until !== null && row.until > now ? row.challenge : undefined
}

export type ListedSession = {
  readonly id: string
  readonly hash: string
  readonly userAgent: string | null
  readonly address: string | null
  readonly createdAt: Date
  readonly usedAt: Date
  readonly factor: SessionFactor | null
}

/** The account's, the last used first. */
export async function listSessions(db: Db, account: string, now: Date): Promise<ListedSession[]> {
  return db
    .selectFrom('account_sessions')
    .select([
      'id',
      'session_hash as hash',
      'user_agent as userAgent',
      'ip_address as address',
      'created_at as createdAt',
      'used_at as usedAt',
      'factor',
    ])
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('used_at', 'desc')
    .orderBy('id')
    .execute()
}

/** @returns whether the account had it */
export async function endSession(db: Db, account: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('account_sessions')
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends the account's sessions but one. @returns how many there were */
export async function endOtherSessions(db: Db, account: string, keep: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('account_sessions')
    .where('account_id', '=', account)
    .where('id', '<>', keep)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
