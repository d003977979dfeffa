/** A call to the hotline that is still owed something; only these stand on a desk. */
export const LIVE_CALL_STATES = ['waiting', 'owed', 'claimed'] as const
/**
 * `waiting` it rings, and nobody has answered yet · `owed` the caller hung up or asked to be called back ·
 * `claimed` an agent calls them · `ended`.
 */
export const CALL_STATES = [...LIVE_CALL_STATES, 'ended'] as const
export type CallState = (typeof CALL_STATES)[number]

/** What the exchange, or who types it in, says of a call. */
export const CALL_REPORTS = ['waiting', 'abandoned', 'answered'] as const
export type CallReport = (typeof CALL_REPORTS)[number]

/** How an attempt to call back went. */
export const CALL_RESULTS = ['reached', 'no_answer', 'wrong_number', 'not_needed'] as const
export type CallResult = (typeof CALL_RESULTS)[number]
/** How a call ended. */
export const CALL_OUTCOMES = ['answered', ...CALL_RESULTS] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** A caller who was lost is called back within this. */
export const CALL_BACK_MINUTES = 30
/** Between two attempts; after the last of them without an answer the call ends. */
export const CALL_AGAIN_MINUTES = [15, 60] as const
/** An agent who has taken a call and says nothing has lost it: it is owed again. */
export const CALL_LEASE_MINUTES = 10
