export const DOSE_NUMBERS = [1, 2, 3, 4] as const
export type DoseNumber = (typeof DOSE_NUMBERS)[number]

/** Whom a dose was for, in the order of docs/DOMAIN.md. */
export const TARGET_GROUPS = [
  'medical',
  'vhv',
  'frontline',
  'age60',
  'disease7',
  'pregnant',
  'general',
  'student12',
  'child5',
  'unknown',
] as const
export type TargetGroup = (typeof TARGET_GROUPS)[number]
