import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { HelpRequests, OneTimeCodes } from '../case-schema.ts'
import type { Database } from '../schema.ts'

export type HelpRow = Selectable<HelpRequests>

export async function insertHelpRequest(db: Kysely<Database>, values: Insertable<HelpRequests>): Promise<void> {
  await db.insertInto('help_requests').values(values).execute()
}

/** The district a tracking code's request is in: the one area its holder may touch. */
export async function districtOfCode(db: Kysely<Database>, codeHash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ district: string | null }>`select jitasa_help_district(${codeHash}) as district`.execute(
    db,
  )
  return rows[0]?.district ?? undefined
}

/** The same without a lock, and for those who see the request's district. */
export async function requestIdOfCode(db: Kysely<Database>, codeHash: Buffer): Promise<string | undefined> {
  const row = await db.selectFrom('help_requests').select('id').where('code_hash', '=', codeHash).executeTakeFirst()
  return row?.id
}

export async function requestOfCode(db: Kysely<Database>, codeHash: Buffer): Promise<HelpRow | undefined> {
  return db.selectFrom('help_requests').selectAll().where('code_hash', '=', codeHash).forUpdate().executeTakeFirst()
}

/** The id of a request from this phone with the very same content a moment ago: a second tap, not a second request. */
export async function sameRequest(
  db: Kysely<Database>,
  phoneHash: Buffer,
  contentHash: Buffer,
  since: Date,
): Promise<string | undefined> {
  // Two submits at the same instant take turns; the second finds the first's request.
  await sql`select pg_advisory_xact_lock(hashtextextended(encode(${phoneHash}::bytea, 'hex'), 0))`.execute(db)
  const { rows } = await sql<{ id: string | null }>`
    select jitasa_help_same(${phoneHash}, ${contentHash}, ${since}) as id`.execute(db)
  return rows[0]?.id ?? undefined
}

/** Red requests of a province whose phone nobody has confirmed, now and on a usual day. */
export async function helpPressure(
  db: Kysely<Database>,
  province: string,
  at: Date,
  minutes: number,
): Promise<{ readonly recent: number; readonly usual: number }> {
  const { rows } = await sql<{ recent: number; usual: number }>`
    select recent, usual from jitasa_help_pressure(${province}, ${at}, ${minutes})`.execute(db)
  return rows[0] ?? { recent: 0, usual: 0 }
}

/** The case a request has become, at the end of all merges, and its district, which may be another one. */
export async function caseOfRequest(
  db: Kysely<Database>,
  request: string,
): Promise<{ id: number; district: string } | undefined> {
  const { rows } = await sql<{ id: number; district: string }>`select * from jitasa_help_case(${request})`.execute(db)
  return rows[0]
}

/** Whether another request that nobody has taken back has become the same case. */
export async function isSharedCase(db: Kysely<Database>, request: string, caseId: number): Promise<boolean> {
  const { rows } = await sql<{ shared: boolean }>`select jitasa_help_shared(${request}, ${caseId}) as shared`.execute(
    db,
  )
  return rows[0]?.shared ?? false
}

export async function updateHelpRequest(
  db: Kysely<Database>,
  id: string,
  set: { phone_verified_at?: Date | null; cancelled_at?: Date; phone_hash?: Buffer; digit_tries?: number },
): Promise<void> {
  await db.updateTable('help_requests').set(set).where('id', '=', id).execute()
}

export async function codesSent(db: Kysely<Database>, phoneHash: Buffer, since: Date): Promise<number> {
  const { rows } = await sql<{ sent: number }>`select jitasa_codes_sent(${phoneHash}, ${since}) as sent`.execute(db)
  return rows[0]?.sent ?? 0
}

export async function insertOneTimeCode(db: Kysely<Database>, values: Insertable<OneTimeCodes>): Promise<void> {
  await db.insertInto('one_time_codes').values(values).execute()
}

/** The newest code of a request, locked: attempts are counted one after another. */
export async function lockOneTimeCode(
  db: Kysely<Database>,
  requestId: string,
): Promise<Selectable<OneTimeCodes> | undefined> {
  return db
    .selectFrom('one_time_codes')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateOneTimeCode(
  db: Kysely<Database>,
  id: string,
  set: { attempts?: number; used_at?: Date },
): Promise<void> {
  await db.updateTable('one_time_codes').set(set).where('id', '=', id).execute()
}
