export const CONTACT_CHANNELS = ['phone', 'visit', 'chat'] as const
export type ContactChannel = (typeof CONTACT_CHANNELS)[number]

export const CONTACT_RESULTS = ['reached', 'no_answer', 'wrong_number', 'refused', 'call_back'] as const
export type ContactResult = (typeof CONTACT_RESULTS)[number]

/** How long nobody has reached whom somebody should: up to so many hours, or `later`, more than 48. */
export const CONTACT_AGES = ['6h', '12h', '24h', '48h', 'later'] as const
export type ContactAge = (typeof CONTACT_AGES)[number]

/** Reasons are out of lists: free text could hold personal data, and histories are read by many. */
export const ESCALATE_REASONS = ['worse', 'no_bed', 'no_answer', 'needs_decision', 'danger', 'other'] as const
export type EscalateReason = (typeof ESCALATE_REASONS)[number]
