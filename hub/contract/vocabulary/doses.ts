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
/** Those of whom there are residents. */
export type KnownGroup = Exclude<TargetGroup, 'unknown'>
export const KNOWN_GROUPS = TARGET_GROUPS.filter((group): group is KnownGroup => group !== 'unknown')

/** What a number of doses is: of its day, of a day before, or taken back. */
export const REPORT_KINDS = ['report', 'late', 'correction'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** Of what a dose was. `unknown`: the source does not say, as totals of a day. */
export const NAMED_VACCINES = ['sinovac', 'astrazeneca', 'sinopharm', 'pfizer', 'moderna'] as const
export const VACCINES = [...NAMED_VACCINES, 'other', 'unknown'] as const
export type Vaccine = (typeof VACCINES)[number]
/** Rows of one report of doses: numbers by groups by vaccines would be 280, of which a site's day has few. */
export const DOSE_ROWS_MAX = 100
