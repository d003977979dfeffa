import { BED_LEVELS } from './beds.ts'

/**
 * What is as old as its oldest: people who wait for a bed, people whose request nobody has taken, people whom nobody has
 * reached for 48 h (since the last contact), and the count of a bed level.
 */
export const MEASURES_OF_AGE = [
  'waiting.red',
  'waiting.yellow',
  'waiting.any',
  'unclaimed.red',
  'unclaimed.any',
  'uncontacted.any',
  ...BED_LEVELS.map((level) => `beds.${level}` as const),
] as const
