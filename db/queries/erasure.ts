import type { Queryable } from './claims-expiry.ts'

const NO_NAME = `full_name = null, phone = null, phone_hash = null, second_phone = null, second_phone_hash = null,
  id_kind = null, id_number = null, id_number_hash = null, nationality = null,
  language = null, birth_year = null, birth_month = null, sex = null`
const NO_PLACE = 'lat = null, lon = null, address = null, notes = null'

/**
 * Every place that holds what says who somebody is, of cases $1: set to null or removed. What is counted stays: cases, needs, transfers, times, codes.
 * erasure.pg.test.ts searches the whole database after it, and asks each column of people and case_private.
 */
export const ERASE: readonly string[] = [
  `update people set ${NO_NAME}
   where id in (select person_id from case_private where case_id = any ($1::bigint[]))`,
  `update vulnerable set ${NO_PLACE}, place = district
   where person_id in (select person_id from case_private where case_id = any ($1::bigint[]))`,
  `update case_private set ${NO_PLACE}, erased_at = clock_timestamp()
   where case_id = any ($1::bigint[])`,
  `delete from contact_notes where contact_id in (select id from contacts where case_id = any ($1::bigint[]))`,
  // Whoever took the call got its number, and gets the same answer when they ask again.
  `update idempotency set body = body - 'phone' - 'note' where body ? 'phone'
     and (body #>> '{call,id}')::bigint in (select id from calls where case_id = any ($1::bigint[]))`,
  `delete from call_numbers where call_id in (select id from calls where case_id = any ($1::bigint[]))`,
  `delete from complaints where case_id = any ($1::bigint[])`,
  `delete from checks where case_id = any ($1::bigint[])`,
  `delete from one_time_codes where request_id in (select id from help_requests where case_id = any ($1::bigint[]))`,
  `update help_requests set phone_hash = null, content_hash = null where case_id = any ($1::bigint[])`,
  `update data_requests set done_at = clock_timestamp(), refused_because = 'erased'
     where kind = 'correct' and done_at is null and case_id = any ($1::bigint[])`,
  // The district stays: that is where they are counted.
  `update cases set place = null where id = any ($1::bigint[]) and place is not null`,
]

/** Erasures of one run; the rest waits for the next. */
export const ERASE_BATCH = 50

/** In one transaction with the row of the audit log that says it. @param cases all of one person */
async function erase(db: Queryable, cases: readonly number[], why: Readonly<Record<string, string | number>>) {
  for (const statement of ERASE) await db.query(statement, [cases])
  await db.query(
    `insert into audit_log (actor, role, action, resource, area, details)
     select null, 'jobs', 'person.erased', 'case:' || id, district, $2::jsonb from cases where id = any ($1::bigint[])`,
    [cases, JSON.stringify(why)],
  )
}

const ENDED = `('closed', 'duplicate', 'invalid')`

/** A case and all that was merged into it. */
const FAMILY = `with recursive family (id) as (
    select $1::bigint union select cases.id from family join cases on cases.merged_into = family.id
  ) select id from family order by id`

/** What a case without a request was merged into, if it was. */
const HEAD_CASE = `with recursive way (id, merged_into, step) as (
    select cases.id, cases.merged_into, 0 from cases where cases.id = data_requests.case_id
    union all select cases.id, cases.merged_into, step + 1 from way join cases on cases.id = way.merged_into where step < 100
  ) select id from way order by step desc limit 1`

async function familyOf(db: Queryable, id: number): Promise<number[]> {
  const { rows } = await db.query(FAMILY, [id])
  return (rows as { id: number }[]).map((row) => Number(row.id))
}

async function inTransaction<T>(db: Queryable, work: () => Promise<T>): Promise<T> {
  await db.query('begin', [])
  try {
    const result = await work()
    await db.query('commit', [])
    return result
  } catch (error) {
    await db.query('rollback', [])
    throw error
  }
}

/** Erases whom asked for it, once their time is over and their case has ended; of one that goes on people decide. @returns how many */
export async function eraseAsked(db: Queryable, now: number): Promise<number> {
  const { rows } = await db.query(
    `select data_requests.id, became.id as case_id from data_requests
     cross join lateral (
       select id from jitasa_help_case(request_id) where request_id is not null
       union all select id from (${HEAD_CASE}) as head where request_id is null
     ) as became join cases on cases.id = became.id
     where kind = 'erase' and stopped_at is null and done_at is null and due_at <= $1 and stage in ${ENDED}
     order by due_at limit ${ERASE_BATCH}`,
    [new Date(now)],
  )
  let erased = 0
  for (const { id, case_id: caseId } of rows as { id: number; case_id: number }[]) {
    erased += await inTransaction(db, async () => {
      // Whoever has opened the case again, or the person who took it back, was faster.
      const { rowCount } = await db.query(
        `update data_requests set done_at = $2 where id = $1 and stopped_at is null and done_at is null
           and exists (select from cases where cases.id = $3 and stage in ${ENDED} and merged_into is null for update)`,
        [id, new Date(now), caseId],
      )
      if (rowCount !== 1) return 0
      await erase(db, await familyOf(db, caseId), { asked: Number(id) })
      return 1
    })
  }
  return erased
}

const FORGOTTEN = `from cases join case_private on case_private.case_id = cases.id
  where stage in ${ENDED} and merged_into is null and updated_at < $1 and (erased_at is null or erased_at < updated_at)
    and not exists (select from vulnerable where vulnerable.person_id = case_private.person_id)
    and not exists (select from case_private other join cases live on live.id = other.case_id
      where other.person_id = case_private.person_id and live.stage not in ${ENDED})`

/** Erases whose request ended before; of whoever is in the register too, the register's rule decides. @returns how many */
export async function eraseEnded(
  db: Queryable,
  before: Date,
  why: Readonly<Record<string, string | number>>,
): Promise<number> {
  const { rows } = await db.query(`select cases.id ${FORGOTTEN} limit ${ERASE_BATCH}`, [before])
  for (const { id } of rows as { id: number }[])
    await inTransaction(db, async () => erase(db, await familyOf(db, id), why))
  return rows.length
}

export const countEnded = `select 1 ${FORGOTTEN}`
/** When each request ended, of those whose person goes. */
export const ENDED_AT = `select updated_at as at ${FORGOTTEN}`

const UNUSED = `from vulnerable join people on people.id = person_id
  where greatest(contacted_at, vulnerable.recorded_at) < $1 and (full_name is not null or phone is not null or address is not null or notes is not null)
    and not exists (select from case_private join cases on cases.id = case_id
      where case_private.person_id = people.id and stage not in ${ENDED})`

export const countUnused = `select 1 ${UNUSED}`
/** When somebody was last in touch, of the entries that are emptied. */
export const UNUSED_AT = `select greatest(contacted_at, vulnerable.recorded_at) as at ${UNUSED}`

/** Empties entries of the register with whom nobody was in touch since. @returns how many */
export async function eraseRegister(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `with found as (select vulnerable.id, people.id as person ${UNUSED} limit ${ERASE_BATCH}),
     emptied as (
       update people set ${NO_NAME} where id in (select person from found)
     )
     update vulnerable set ${NO_PLACE}, place = district where id in (select id from found)`,
    [before],
  )
  return rowCount ?? 0
}
