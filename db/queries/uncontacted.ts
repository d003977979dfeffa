import type { Queryable } from './claims-expiry.ts'

/** Home and community isolation promise a contact within it (docs/DOMAIN.md). */
export const CONTACT_HOURS = 48
/** Cases marked by one statement; a sweep repeats it until fewer come back. */
export const UNCONTACTED_BATCH = 5_000

const DUE = `$1::timestamptz - make_interval(hours => ${CONTACT_HOURS})`
/** jitasa_awaits_contact is inlined, and read from the index on what is due. */
const MARK = `
  with due as (
    select id from cases
    where not uncontacted and jitasa_awaits_contact(stage, outcome, care_place) and coalesce(contacted_at, reported_at) < ${DUE}
    order by coalesce(contacted_at, reported_at) limit ${UNCONTACTED_BATCH} for no key update skip locked
  )
  update cases set uncontacted = true from due where cases.id = due.id`

/** What a trigger has not ended at once: a report whose time was set right, a clock that was ahead. */
const UNMARK = `
  with wrong as (
    select id from cases
    where uncontacted and not (jitasa_awaits_contact(stage, outcome, care_place) and coalesce(contacted_at, reported_at) < ${DUE})
    limit ${UNCONTACTED_BATCH} for no key update skip locked
  )
  update cases set uncontacted = false from wrong where cases.id = wrong.id`

/**
 * Marks cases under way whose last contact, or without one whose report, is more than 48 h ago, one batch of them. A case
 * that somebody is writing is left for the next time.
 * @param now ms since 1970
 * @returns how many it marked
 */
export async function markUncontacted(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(MARK, [new Date(now)])
  return rowCount ?? 0
}

/** Takes the mark from cases that do not bear it any more, one batch. @returns how many */
export async function unmarkContacted(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(UNMARK, [new Date(now)])
  return rowCount ?? 0
}
