/** Where people are looked for who do not know that they are infected. */
export const ROUND_SETTINGS = ['community', 'market', 'factory', 'school', 'camp', 'prison', 'other'] as const
export type RoundSetting = (typeof ROUND_SETTINGS)[number]
