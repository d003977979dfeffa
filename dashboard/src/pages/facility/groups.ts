/** Whom a dose was for, in the order of DOMAIN.md. */
export const GROUPS = [
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
export type Group = (typeof GROUPS)[number]
