/** What is known of the link. All times are ms of the same clock. */
export type LinkSigns = {
  readonly now: number
  /** when anything came from PostgreSQL last; keepalives count */
  readonly heardAt: number
  /** when a reply was asked for and has not come yet */
  readonly askedAt: number | null
  /** when these signs were evaluated last */
  readonly checkedAt: number
  /** false while our own backpressure has stopped reading */
  readonly reading: boolean
}

export type LivenessLimits = {
  /** silence after which PostgreSQL is asked to reply */
  readonly askAfterMs: number
  /**
   * How long it may take to reply. A walsender that skips a long unpublished transaction looks at its socket only
   * every half `wal_sender_timeout`, so this must be longer than that.
   */
  readonly answerWithinMs: number
}

export type Verdict = 'ok' | 'ask' | 'broken'

/**
 * Is the link to PostgreSQL alive? Called about every second.
 *
 * - `reading` false: always `ok`. The silence is ours; breaking now would throw away a backlog that a new slot would
 *   bring again, for ever.
 * - Evaluated much later than planned, or earlier than the last time: `ask`, and the wait begins anew. The process
 *   was suspended or blocked and an answer may lie unread in the socket, or the clock was set; without this branch a
 *   laptop's sleep tears down a healthy link, and a clock set back hides a dead one for hours.
 * - Asked and not answered in time: `broken`. A cut cable or a frozen server sends no FIN; without this branch the
 *   walls would show yesterday's numbers as live.
 * - Quiet for `askAfterMs`: `ask`. An idle database is quiet too; only an answer tells the two apart.
 */
export function evaluateLiveness(signs: LinkSigns, limits: LivenessLimits): Verdict {
  if (!signs.reading) return 'ok'
  if (signs.now < signs.checkedAt || signs.now - signs.checkedAt > limits.askAfterMs) return 'ask'
  if (signs.askedAt !== null) return signs.now - signs.askedAt >= limits.answerWithinMs ? 'broken' : 'ok'
  return signs.now - signs.heardAt >= limits.askAfterMs ? 'ask' : 'ok'
}
