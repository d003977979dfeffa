/** How a case that is closed may have ended. */
export const ENDINGS = ['recovered', 'died', 'lost', 'transferred_out'] as const
export type Ending = (typeof ENDINGS)[number]

export const OUTCOMES = ['none', 'unknown', ...ENDINGS] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Somebody found dead is reported after they died; further back it is a slip of the calendar. */
export const DEATH_FOUND_LATE_DAYS = 60
