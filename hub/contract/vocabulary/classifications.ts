/** How sure it is that somebody has the disease. */
export const CLASSIFICATIONS = ['unclassified', 'suspect', 'probable', 'confirmed', 'not_a_case'] as const
export type Classification = (typeof CLASSIFICATIONS)[number]
