import type { Queryable } from './claims-expiry.ts'

/** Home and community isolation promise a contact within it (docs/DOMAIN.md). */
export const CONTACT_HOURS = 48
/** Cases marked by one statement; a sweep repeats it until fewer come back. */
export const UNCONTACTED_BATCH = 5_000
/** Of everybody at home, at midnight: statements are shorter, so that nobody who records a case waits for one. */
export const UNCALLED_BATCH = 1_000

/** The clock since the last contact, as the index on what is due has it, and who is meant. */
type Mark = { readonly flag: string; readonly who: string; readonly clock: string; readonly batch: number }

/** jitasa_awaits_contact is inlined, and read from the index on what is due. */
const UNCONTACTED: Mark = {
  flag: 'uncontacted',
  who: 'jitasa_awaits_contact(stage, outcome, care_place)',
  clock: 'coalesce(contacted_at, reported_at)',
  batch: UNCONTACTED_BATCH,
}
const UNCALLED: Mark = {
  flag: 'uncalled',
  who: `(care_place in ('hi', 'ci', 'waiting') and outcome = 'none'
    and stage not in ('closed', 'duplicate', 'invalid') and merged_into is null)`,
  clock: `coalesce(contacted_at, '-infinity')`,
  batch: UNCALLED_BATCH,
}

/** A case that somebody is writing is left for the next time. */
const markSql = ({ flag, who, clock, batch }: Mark) => `
  with due as (
    select id from cases where not ${flag} and ${who} and ${clock} < $1
    order by ${clock} limit ${batch} for no key update skip locked
  )
  update cases set ${flag} = true from due where cases.id = due.id`

/** What a trigger has not ended at once: a report whose time was set right, a clock that was ahead. */
const unmarkSql = ({ flag, who, clock, batch }: Mark) => `
  with wrong as (
    select id from cases where ${flag} and not (${who} and ${clock} < $1)
    limit ${batch} for no key update skip locked
  )
  update cases set ${flag} = false from wrong where cases.id = wrong.id`

const run = (sql: string) => async (db: Queryable, before: Date) => (await db.query(sql, [before])).rowCount ?? 0
const [markBefore, unmarkSince] = [run(markSql(UNCONTACTED)), run(unmarkSql(UNCONTACTED))]
const due = (now: number) => new Date(now - CONTACT_HOURS * 3_600_000)

/**
 * Marks cases under way whose last contact, or without one whose report, is more than 48 h ago, one batch of them.
 * @param now ms since 1970
 * @returns how many it marked
 */
export const markUncontacted = (db: Queryable, now: number): Promise<number> => markBefore(db, due(now))
/** Takes the mark from cases that do not bear it any more, one batch. @returns how many */
export const unmarkContacted = (db: Queryable, now: number): Promise<number> => unmarkSince(db, due(now))

const CLOCK = 'coalesce(contacted_at, reported_at)'
/** Whose class is another by now, either way: a report's time was set right, or a clock was ahead. */
const OTHER_AGE = `(contact_age = '6h' and ${CLOCK} < $1::timestamptz - interval '6 hours'
  or contact_age = '12h' and (${CLOCK} < $1::timestamptz - interval '12 hours' or ${CLOCK} >= $1::timestamptz - interval '6 hours')
  or contact_age = '24h' and (${CLOCK} < $1::timestamptz - interval '24 hours' or ${CLOCK} >= $1::timestamptz - interval '12 hours')
  or contact_age = '48h' and ${CLOCK} >= $1::timestamptz - interval '24 hours')`
const ageContactsAt = run(`
  with other as (
    select id from cases where contact_age in ('6h', '12h', '24h', '48h') and ${OTHER_AGE}
    limit ${UNCONTACTED_BATCH} for no key update skip locked
  )
  update cases set contact_age = jitasa_contact_age($1::timestamptz - ${CLOCK}) from other where cases.id = other.id`)

/**
 * Puts whom nobody has reached for 48 h or less into the class of how long, one batch of them.
 * @param now ms since 1970
 * @returns how many have another one
 */
export const ageContacts = (db: Queryable, now: number): Promise<number> => ageContactsAt(db, new Date(now))

/** Marks whom nobody has reached since `today` began, one batch of those at home. @returns how many it marked */
export const markUncalled = run(markSql(UNCALLED))
export const unmarkCalled = run(unmarkSql(UNCALLED))
