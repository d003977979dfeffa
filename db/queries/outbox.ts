import type pg from 'pg'
import type {
  AccountLanguage,
  MessageChannel,
  MessageFailure,
  MessageKind,
} from '../../hub/contract/vocabulary/notifications.ts'
import { MAY_SPREAD, SPREAD_OVER } from './outbox-over.ts'
import { REST_ENDS, SIGNED_IN_DEVICE } from './outbox-targets.ts'

type Db = Pick<pg.Pool, 'query'>

/** Notices made into messages in one go; the rest waits for the next. */
export const NOTICES_BATCH = 100
/** A device, a mail box or a webhook hears of one kind at most this often; what happens meanwhile is one message. */
export const QUIET_BETWEEN_MS = 60_000
/** What was sending for so long was left by a process that died. */
export const ABANDONED_MS = 60_000

/** A message to be sent now, with what it needs. */
export type DueMessage = {
  readonly id: number
  readonly notice: number
  readonly kind: MessageKind
  readonly channel: MessageChannel
  readonly attempts: number
  readonly more: number
  readonly useful_until: Date
  readonly created_at: Date
  readonly language: AccountLanguage
  readonly area: string
  readonly name_th: string | null
  readonly name_en: string | null
  readonly subject_id: number | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly drill: boolean
  readonly email: string | null
  readonly subscription_id: number | null
  readonly endpoint: string | null
  readonly p256dh: string | null
  readonly auth: string | null
  readonly url: string | null
  readonly template: Readonly<Record<string, unknown>> | null
  readonly authorization_value: string | null
  /** the first mail of the same alert to the same box, which this one answers */
  readonly thread: { readonly id: number; readonly created_at: Date } | null
}

/** Warns the holders of claims that are about to end. @param warnMs by severity, before the end */
export async function noticeLeases(db: Db, now: number, warnMs: Readonly<Record<string, number>>): Promise<number> {
  const { rowCount } = await db.query(
    `insert into notices (key, kind, area, account, subject_id, at, useful_until)
       select format('lease:%s:%s', needs.id, extract(epoch from lease_until)), 'lease', needs.district, claimed_by, case_id, $1, lease_until
       from needs join cases on cases.id = case_id
       where claimed_by is not null and lease_until > $1
         and lease_until <= $1 + ($2::jsonb ->> severity)::integer * interval '1 ms'
         and exists (select from notification_settings where account = claimed_by and kinds @> array['lease'])
       on conflict do nothing`,
    [new Date(now), JSON.stringify(warnMs)],
  )
  return rowCount ?? 0
}

/**
 * Makes of each notice what goes to each device, mail box and webhook that wants it, once. @param claimers the roles that
 * may claim a case @returns how many notices
 */
export async function spreadNotices(pool: pg.Pool, now: number, claimers: readonly string[]): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ id: number; over: boolean }>(
      `select id, facts ? 'over' as over from notices notice where spread_at is null and ${MAY_SPREAD}
       order by id limit $1 for update skip locked`,
      [NOTICES_BATCH],
    )
    // One after the other: each may find the message that the one before it has left waiting.
    for (const { id, over } of rows) {
      if (over) await client.query(SPREAD_OVER, [id, new Date(now)])
      else await client.query(SPREAD, [id, new Date(now), claimers, QUIET_BETWEEN_MS])
    }
    await client.query('commit')
    return rows.length
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** An account's areas cover what lies in them. */
const covers = (areas: string, area: string) =>
  `exists (select from unnest(${areas}) as of where of = 'TH' or starts_with(${area}, of))`
const SPREAD = `
  with notice as (update notices set spread_at = $2 where id = $1 returning *),
  listening as (
    select settings.account, email, email_confirmed,
      case when notice.kind not in ('test', 'code') then ${REST_ENDS} end as rest_ends
    from notice join notification_settings settings
      on (notice.kind in ('test', 'code') or settings.kinds @> array[notice.kind])
    join account_grants grants on grants.account_id = settings.account and not grants.disabled
    where notice.account = settings.account
      or notice.account is null and ${covers('grants.areas', 'notice.area')}
        and case when notice.role is null then grants.role = any ($3) else grants.role = notice.role end
  ),
  targets as (
    select 'push' as channel, listening.account, devices.id as subscription, null::bigint as webhook,
      'push:' || devices.id as target, rest_ends
    from notice, listening join push_subscriptions devices on devices.account = listening.account
    where notice.kind <> 'code' and ${SIGNED_IN_DEVICE('listening.account')}
    union all
    select 'mail', listening.account, null, null, 'mail:' || listening.account, rest_ends
    from notice, listening where email is not null and (email_confirmed or notice.kind = 'code')
    union all
    select 'webhook', null, null, webhooks.id, 'webhook:' || webhooks.id, null
    from notice join webhooks on webhooks.kinds @> array[notice.kind] and ${covers('array[webhooks.area]', 'notice.area')}
    where notice.account is null and not notice.facts ? 'escalated'
  ),
  merged as (
    update notifications waiting set more = waiting.more + 1, notice_id = notice.id,
      useful_until = greatest(waiting.useful_until, notice.useful_until)
    from targets, notice
    where waiting.target = targets.target and waiting.kind = notice.kind and waiting.state = 'due' and waiting.attempts = 0
      and not exists (select from notices of where of.id = waiting.notice_id and of.facts ? 'over')
    returning waiting.target
  )
  insert into notifications (notice_id, kind, channel, account, subscription_id, webhook_id, target, created_at, next_at, useful_until)
  select notice.id, notice.kind, targets.channel, targets.account, targets.subscription, targets.webhook, targets.target, $2,
    greatest($2, targets.rest_ends, case when notice.account is null then
      (select max(sent_at) from notifications earlier join notices of on of.id = earlier.notice_id
        where earlier.target = targets.target and earlier.kind = notice.kind and earlier.state in ('due', 'sent')
          and not of.facts ? 'over') + $4::integer * interval '1 ms' end),
    notice.useful_until
  from targets, notice where not exists (select from merged where merged.target = targets.target)
  on conflict do nothing`

/** What has waited for too long to be of use, and what a process that died has left. @returns rows changed */
export async function giveUp(db: Db, now: number): Promise<number> {
  const late = await db.query(
    `update notifications set state = 'failed', failure = 'too_late' where state = 'due' and useful_until <= $1`,
    [new Date(now)],
  )
  // A phone shows a push of the same tag once, and a webhook knows the key; of a mail nobody knows whether it went out.
  const left = await db.query(
    `update notifications set state = case when channel = 'mail' then 'failed' else 'due' end,
       failure = case when channel = 'mail' then 'unknown' end
     where state = 'sending' and claimed_at < $1`,
    [new Date(now - ABANDONED_MS)],
  )
  return (late.rowCount ?? 0) + (left.rowCount ?? 0)
}

/** Takes up to `count` messages of a channel that are due: nobody else gets them. */
export async function claimMessages(
  db: Db,
  channel: MessageChannel,
  count: number,
  now: number,
): Promise<readonly DueMessage[]> {
  const { rows } = await db.query<
    Omit<DueMessage, 'thread'> & { readonly thread_id: number | null; readonly thread_at: Date | null }
  >(
    `with taken as (
       update notifications set state = 'sending', claimed_at = $3, attempts = attempts + 1
       where id = any (array(select id from notifications where state = 'due' and channel = $1 and next_at <= $3
         order by next_at, id limit $2 for update skip locked))
       returning *)
     select taken.id, taken.notice_id as notice, taken.kind, taken.channel, taken.attempts, taken.more, taken.useful_until,
       taken.created_at, coalesce(settings.language, webhooks.language, 'th') as language,
       notices.area, areas.name_th, areas.name_en, notices.subject_id, notices.facts,
       (select kind = 'drill' from operation) as drill, settings.email,
       taken.subscription_id, endpoint, p256dh, auth, webhooks.url, webhooks.template, authorization_value, thread_id, thread_at
     from taken join notices on notices.id = notice_id
       left join areas on areas.code = left(notices.area, 4)
       left join notification_settings settings on settings.account = taken.account
       left join push_subscriptions on push_subscriptions.id = subscription_id
       left join webhooks on webhooks.id = webhook_id
       left join lateral (
         select earlier.id as thread_id, earlier.created_at as thread_at from notifications earlier join notices of on of.id = earlier.notice_id
         where taken.channel = 'mail' and taken.kind = 'alert' and earlier.target = taken.target and earlier.state = 'sent'
           and of.kind = 'alert' and of.subject_id = notices.subject_id and earlier.id < taken.id
         order by earlier.id limit 1) as thread on true
     order by taken.id`,
    [channel, count, new Date(now)],
  )
  return rows.map(({ thread_id: id, thread_at: at, ...message }) => ({
    ...message,
    thread: id === null || at === null ? null : { id, created_at: at },
  }))
}

export async function markSent(db: Db, { id, subscription_id }: DueMessage, now: number): Promise<void> {
  await db.query(`update notifications set state = 'sent', sent_at = $2, failure = null where id = $1`, [
    id,
    new Date(now),
  ])
  if (subscription_id !== null)
    await db.query('update push_subscriptions set last_ok_at = $2 where id = $1', [subscription_id, new Date(now)])
}

/** @param again ms since 1970 of the next try; none: it has failed for good */
export async function markFailed(
  db: Db,
  { id, subscription_id }: DueMessage,
  failure: MessageFailure,
  again: number | undefined,
): Promise<void> {
  await db.query(
    `update notifications set state = case when $3::timestamptz is null then 'failed' else 'due' end, failure = $2,
       next_at = coalesce($3, next_at) where id = $1`,
    [id, failure, again === undefined ? null : new Date(again)],
  )
  if (failure === 'gone' && subscription_id !== null)
    await db.query('delete from push_subscriptions where id = $1', [subscription_id])
}
