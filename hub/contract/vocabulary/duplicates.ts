/** Why two cases are likely the same, the surest first. */
export const LIKELY_REASONS = ['same_id', 'same_phone', 'similar_name_and_place'] as const
export type LikelyReason = (typeof LIKELY_REASONS)[number]
