import { type Kysely, type Selectable, sql, type Updateable } from 'kysely'
import type { Needs } from '../case-schema.ts'
import { sendAhead } from '../pipelined.ts'
import type { Cases, Database } from '../schema.ts'

export type NeedRow = Selectable<Needs>
export type NeedWithCase = NeedRow & Pick<Selectable<Cases>, 'place' | 'severity' | 'stage' | 'outcome'>

const withCase = (db: Kysely<Database>, id: number) =>
  db
    .selectFrom('needs')
    .innerJoin('cases', 'cases.id', 'needs.case_id')
    .selectAll('needs')
    .select(['cases.place', 'cases.severity', 'cases.stage', 'cases.outcome'])
    .where('needs.id', '=', id)

/** A need that is moved by mergers more often than this is no longer waited for. */
const MERGERS_MAX = 3

/**
 * Locks a need after its case, the order of every command: otherwise a claim and a closing wait for each other until
 * PostgreSQL ends one of them, a second later. Reads the case's severity, which decides the lease.
 */
export async function lockNeed(db: Kysely<Database>, id: number): Promise<NeedWithCase | undefined> {
  for (let tries = 1; tries <= MERGERS_MAX; tries++) {
    const need = await readNeed(db, id)
    if (need === undefined) return undefined
    await db.selectFrom('cases').select('id').where('id', '=', need.case_id).forUpdate().execute()
    const locked = await withCase(db, id).where('case_id', '=', need.case_id).forUpdate('needs').executeTakeFirst()
    if (locked !== undefined) return locked
  }
  throw new Error(`need ${id} went from case to case ${MERGERS_MAX} times`)
}

export async function readNeedWithCase(db: Kysely<Database>, id: number): Promise<NeedWithCase | undefined> {
  return withCase(db, id).executeTakeFirst()
}

export async function readNeed(db: Kysely<Database>, id: number): Promise<NeedRow | undefined> {
  return db.selectFrom('needs').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function needsOfCase(db: Kysely<Database>, caseId: number): Promise<NeedRow[]> {
  return db.selectFrom('needs').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
}

export async function needsOfCases(db: Kysely<Database>, caseIds: readonly number[]): Promise<NeedRow[]> {
  return caseIds.length === 0 ? [] : db.selectFrom('needs').selectAll().where('case_id', 'in', caseIds).execute()
}

export async function writeNeed(db: Kysely<Database>, id: number, set: Updateable<Needs>): Promise<void> {
  await db.updateTable('needs').set(set).where('id', '=', id).execute()
}

/** The needs an account holds, the lease that ends first at the top. */
export async function needsHeldBy(db: Kysely<Database>, account: string): Promise<NeedWithCase[]> {
  return db
    .selectFrom('needs')
    .innerJoin('cases', 'cases.id', 'needs.case_id')
    .selectAll('needs')
    .select(['cases.place', 'cases.severity', 'cases.stage', 'cases.outcome'])
    .where('claimed_by', '=', account)
    .orderBy('lease_until')
    .execute()
}

export type ClaimRequest = {
  readonly need: number
  readonly account: string
  readonly label: string
  readonly now: Date
  /** ms by severity */
  readonly leases: Readonly<Record<string, number>>
}

/**
 * Takes an open need: one conditional statement, so of any number of racers exactly one gets a row back. It locks the
 * case first, as `lockNeed` does.
 * @returns `undefined` when it was not open (any more).
 */
export async function claimOpenNeed(
  db: Kysely<Database>,
  claim: ClaimRequest,
): Promise<(NeedWithCase & { readonly was_freed: NeedRow['freed'] }) | undefined> {
  const { rows } = await sql<NeedWithCase & { readonly was_freed: NeedRow['freed'] }>`
    with held as materialized (
      select id, place, severity, stage, outcome, (select freed from needs where id = ${claim.need}) as was_freed from cases where id = (select case_id from needs where id = ${claim.need}) for update
    )
    update needs set status = 'claimed', freed = null, claimed_by = ${claim.account}, holder_label = ${claim.label},
      claimed_at = ${claim.now}, fence = fence + 1, asked_at = null, asked_by = null, asked_label = null,
      lease_until = ${claim.now}::timestamptz
        + (${JSON.stringify(claim.leases)}::jsonb ->> held.severity)::float8 * interval '1 millisecond'
    from held
    where needs.id = ${claim.need} and held.id = needs.case_id and needs.status = 'open'
    returning needs.*, held.place, held.severity, held.stage, held.outcome, held.was_freed`.execute(db)
  return rows[0]
}

type NeedKind = NeedRow['kind']

/** Opens needs of a case; a kind that is still live there stays as it is. @returns those that were opened. */
export async function openNeeds(
  db: Kysely<Database>,
  caseId: number,
  district: string,
  kinds: readonly NeedKind[],
  now: Date,
): Promise<{ id: number; kind: NeedKind }[]> {
  if (kinds.length === 0) return []
  return db
    .insertInto('needs')
    .values(kinds.map((kind) => ({ case_id: caseId, district, kind, opened_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'kind'])
    .execute()
}

/** Any action of a holder on a case is a heartbeat of all they hold there. A lease that has run out stays so. */
export async function extendLeases(
  db: Kysely<Database>,
  { caseId, account, now, leases }: Omit<ClaimRequest, 'need' | 'label'> & { readonly caseId: number },
): Promise<void> {
  const until = sql`${now}::timestamptz
    + (${JSON.stringify(leases)}::jsonb ->> cases.severity)::float8 * interval '1 millisecond'`
  const extend = sql`update needs set lease_until = ${until} from cases
    where needs.case_id = ${caseId} and cases.id = needs.case_id and claimed_by = ${account}
      and lease_until > ${now} and lease_until < ${until}`
  await sendAhead(db, extend)
}

export type ShortenedLease = { readonly id: number; readonly fence: number; readonly until: Date }

/**
 * The least lease of what is held in a case: a case that turns red does not keep its green lease.
 * @returns the leases as they were
 */
export async function shortenLeases(
  db: Kysely<Database>,
  caseId: number,
  until: Date,
): Promise<readonly ShortenedLease[]> {
  const { rows } = await sql<ShortenedLease>`
    with longer as (
      select id, lease_until from needs
      where case_id = ${caseId} and claimed_by is not null and lease_until > ${until} for update
    )
    update needs set lease_until = ${until} from longer where needs.id = longer.id
    returning needs.id, needs.fence, longer.lease_until as until`.execute(db)
  return rows
}

/** Gives a lease that was shortened back to who still has it. */
export async function lengthenLease(db: Kysely<Database>, { id, fence, until }: ShortenedLease): Promise<void> {
  await sql`update needs set lease_until = ${until}
    where id = ${id} and fence = ${fence} and claimed_by is not null and lease_until < ${until}`.execute(db)
}
