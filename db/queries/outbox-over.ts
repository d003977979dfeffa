import { REST_ENDS, SIGNED_IN_DEVICE } from './outbox-targets.ts'

/** Notices of the same alert since it was last said to be over. */
const RAISED = `raised.kind = 'alert' and raised.subject_id = notice.subject_id and raised.id < notice.id and not raised.facts ? 'over'
  and not exists (select from notices ended where ended.kind = 'alert' and ended.subject_id = notice.subject_id
    and ended.facts ? 'over' and ended.id > raised.id and ended.id < notice.id)`

/** Whether a notice may be spread: of an alert that is over, when it is known who was told that it rings. */
export const MAY_SPREAD = `not (notice.facts ? 'over' and exists (
  select from notices raised join notifications on notifications.notice_id = raised.id
  where notifications.state = 'sending' and ${RAISED}))`

/**
 * That an alert is over goes to whoever was told that it rings, and to nobody else; who was still to be told is told of
 * neither. $1 notice, $2 now
 */
export const SPREAD_OVER = `
  with notice as (update notices set spread_at = $2 where id = $1 returning *),
  dropped as (
    update notifications waiting set state = 'failed', failure = 'too_late'
    from notice, notices raised
    where waiting.notice_id = raised.id and waiting.state = 'due' and waiting.more = 0 and ${RAISED}
  ),
  told as (
    select distinct on (sent.target) sent.channel, sent.account, sent.subscription_id, sent.webhook_id, sent.target,
      ${REST_ENDS} as rest_ends
    from notice join notices raised on ${RAISED} join notifications sent on sent.notice_id = raised.id and sent.state = 'sent'
      left join notification_settings settings on settings.account = sent.account
      left join push_subscriptions devices on devices.id = sent.subscription_id
    where case sent.channel when 'webhook' then true
      when 'push' then settings.kinds @> array['alert'] and ${SIGNED_IN_DEVICE('sent.account')}
      else settings.kinds @> array['alert'] and settings.email_confirmed end
    order by sent.target, sent.id
  ),
  merged as (
    update notifications waiting set more = waiting.more + 1, notice_id = notice.id,
      useful_until = greatest(waiting.useful_until, notice.useful_until)
    from told, notice
    where waiting.target = told.target and waiting.kind = 'alert' and waiting.state = 'due' and waiting.attempts = 0
      and exists (select from notices of where of.id = waiting.notice_id and of.facts ? 'over')
    returning waiting.target
  )
  insert into notifications (notice_id, kind, channel, account, subscription_id, webhook_id, target, created_at, next_at, useful_until)
  select notice.id, 'alert', channel, told.account, subscription_id, webhook_id, target, $2, greatest($2, rest_ends), notice.useful_until
  from told, notice where not exists (select from merged where merged.target = told.target)
  on conflict do nothing`
