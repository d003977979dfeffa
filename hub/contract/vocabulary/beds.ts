export const BED_LEVELS = ['0', '1', '2.1', '2.2', '3'] as const
export type BedLevel = (typeof BED_LEVELS)[number]

export const BED_STATES = ['staffed', 'available', 'held', 'occupied', 'cleaning', 'blocked'] as const
export type BedState = (typeof BED_STATES)[number]

/** Staffed, and neither occupied nor free. */
export const OTHER_BED_STATES = ['held', 'cleaning', 'blocked'] as const satisfies readonly BedState[]

/** Why a bed coordinator does not take a count that has fewer occupied beds than people known to lie there. */
export const REFUSED_COUNT_REASONS = ['miscounted', 'other_level'] as const
export type RefusedCountReason = (typeof REFUSED_COUNT_REASONS)[number]
