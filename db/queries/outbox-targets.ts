const BANGKOK = `($2::timestamptz at time zone 'Asia/Bangkok')`
const MINUTE = `(extract(hour from ${BANGKOK}) * 60 + extract(minute from ${BANGKOK}))`

/** When the hours of rest of `notification_settings` that it is in now ($2) are over; null outside of them. */
export const REST_ENDS = `case when quiet_from < quiet_until and ${MINUTE} >= quiet_from and ${MINUTE} < quiet_until
    or quiet_from > quiet_until and (${MINUTE} >= quiet_from or ${MINUTE} < quiet_until)
  then (date_trunc('day', ${BANGKOK}) + quiet_until * interval '1 minute'
    + case when quiet_until <= ${MINUTE} then interval '1 day' else interval '0' end) at time zone 'Asia/Bangkok' end`

/** Whether the session that switched on a row `devices` of push_subscriptions still stands at $2. */
export const SIGNED_IN_DEVICE = (account: string) => `exists (select from account_sessions sessions
  where sessions.account_id = ${account} and sessions.expires_at > $2
    and sessions.session_hash = devices.session_hash)`
