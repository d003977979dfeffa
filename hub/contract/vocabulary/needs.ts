export const NEED_KINDS = ['bed', 'oxygen', 'medicine', 'food', 'transport', 'test', 'funeral'] as const
export type NeedKind = (typeof NEED_KINDS)[number]

/** The states of a need that is still to be met; only these are counted and stand on a board. */
export const LIVE_NEED_STATES = ['open', 'claimed', 'in_progress'] as const

/** All states of a need. */
export const NEED_STATES = [...LIVE_NEED_STATES, 'fulfilled', 'transferred', 'closed'] as const
export type NeedState = (typeof NEED_STATES)[number]

export const CLOSE_NEED_REASONS = [
  'no_help_wanted',
  'done_by_others',
  'out_of_scope',
  'duplicate',
  'unreachable',
  'cancelled',
  'case_closed',
] as const
export type CloseNeedReason = (typeof CLOSE_NEED_REASONS)[number]

/** Why an open need was somebody's before. */
export const FREED = ['released', 'expired', 'reopened', 'undone'] as const
export type Freed = (typeof FREED)[number]

/** How long a need was open when somebody took it for the first time: the bounds of migration 0021; `later` is beyond 48 h. */
export const CLAIM_BUCKETS = ['15m', '1h', '4h', '12h', '24h', '48h', 'later'] as const
export type ClaimBucket = (typeof CLAIM_BUCKETS)[number]
