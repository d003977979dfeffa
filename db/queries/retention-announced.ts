import { type QueryExecutorProvider, sql } from 'kysely'
import { ANNOUNCED_DAYS, type AnnouncedRule } from '../../hub/contract/privacy/retention.ts'
import type { Queryable } from './claims-expiry.ts'
import { ENDED_AT, UNUSED_AT } from './erasure.ts'

/** When each record was last of use, of all that a rule would take before $1. */
const LAST_USED: Readonly<Record<AnnouncedRule, string>> = {
  requests: ENDED_AT,
  register: UNUSED_AT,
  // The newest of them stays, as the chain's beginning.
  audit: `select chained_at as at from audit_chain link where chained_at < $1
    and exists (select from audit_chain later where later.seq > link.seq and later.chained_at < $1)`,
}

/** A day of Bangkok. */
const dayOf = (at: string) => `(${at} at time zone 'Asia/Bangkok')::date`
/** Version and length of the rule under which something goes on a day: one that was made shorter holds from its own day on. */
const heldOn = (day: string) =>
  `case when held.next_from is null or ${day} < ${dayOf('held.next_from')}
    then array[held.version, held.days] else array[held.version + 1, held.next_days] end`
/** When a record goes that was last of use at `at`. */
const GOES_AT = `case when held.next_from is null then at + held.days * interval '24 hours'
  else least(at + held.days * interval '24 hours', greatest(at + held.next_days * interval '24 hours', held.next_from)) end`

/**
 * Announces what a rule takes on each of the next days, once a day and rule as it then stands; what goes today goes now. Records are counted once a
 * day, not at every run. Administrators who listen are told of each day on which something goes. @returns days announced
 */
export async function announceDays(db: Queryable, rule: AnnouncedRule, now: number): Promise<number> {
  const last = `${dayOf('$2::timestamptz')} + ${ANNOUNCED_DAYS}`
  const { rows } = await db.query(
    `select least(days, next_days) as shortest from retention_rules held where rule = $1
       and not exists (select from retention_announcements said where said.rule = held.rule and said.goes_on = ${last} and array[said.version, said.days] = ${heldOn(last)})`,
    [rule, new Date(now)],
  )
  const found = rows[0] as { shortest: number } | undefined
  if (found === undefined) return 0
  // Nothing that is younger goes by the end of the last day.
  const before = new Date(now + (ANNOUNCED_DAYS + 1 - found.shortest) * 86_400_000)
  const { rowCount } = await db.query(
    `with held as (select * from retention_rules where rule = $3),
     going as (
       select ${dayOf(GOES_AT)} as goes_on, count(*) as records
       from (${LAST_USED[rule]}) as used cross join held group by 1
     ),
     announced as (
       insert into retention_announcements (rule, goes_on, version, days, records, announced_at)
       select held.rule, day, (${heldOn('day')})[1], (${heldOn('day')})[2], coalesce(records, 0), $2
       from held cross join (select ${dayOf('$2::timestamptz')} + n as day from generate_series(1, ${ANNOUNCED_DAYS}) as n) as days_ahead
         left join going on goes_on = day
       on conflict do nothing returning *
     ),
     told as (
       insert into notices (key, kind, area, role, facts, at, useful_until)
       select format('retention:%s:%s:%s:%s', rule, version, days, goes_on), 'retention', 'TH', 'administrator',
         jsonb_build_object('rule', rule, 'records', records, 'goesOn', goes_on), $2, goes_on::timestamp at time zone 'Asia/Bangkok'
       from announced where records > 0 and exists (select from notification_settings where kinds @> array['retention'])
       on conflict do nothing
     )
     select from announced where records > 0`,
    [before, new Date(now), rule],
  )
  return rowCount ?? 0
}

export type Announcement = {
  readonly rule: AnnouncedRule
  /** YYYY-MM-DD, in Bangkok */
  readonly goesOn: string
  readonly days: number
  readonly records: number
  readonly announcedAt: Date
}

/** What is about to go, by the rules as they hold now: what a longer rule keeps is no news any more. The next day first. */
export async function readAnnouncements(db: QueryExecutorProvider, now: Date): Promise<readonly Announcement[]> {
  const { rows } = await sql<Announcement>`
    select said.rule, goes_on::text as "goesOn", said.days, records, announced_at as "announcedAt"
    from retention_announcements said join retention_rules held on held.rule = said.rule
    where records > 0 and goes_on >= (${now}::timestamptz at time zone 'Asia/Bangkok')::date
      and array[said.version, said.days] = ${sql.raw(heldOn('goes_on'))}
    order by goes_on, said.rule`.execute(db)
  return rows
}
