import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import type { TargetGroup } from '../../hub/contract/vocabulary/doses.ts'
import type { CarePlace } from '../../hub/contract/vocabulary/severity.ts'

/**
 * [B] How a replayed case goes on, since sources give counts and not courses. Orders of magnitude of 2021, to be
 * edited by who knows better; nothing outside the replay reads them.
 */
export type ReplaySeverity = 'green' | 'yellow' | 'red'
export type CareKind = Extract<CarePlace, 'hi' | 'ci' | 'field' | 'hospitel' | 'hospital'>
/** `level` null: at home, no bed is taken. */
export type CareChoice = { readonly place: CareKind; readonly level: BedLevel | null; readonly weight: number }

export const SEVERITIES: readonly {
  readonly severity: ReplaySeverity
  readonly weight: number
  readonly risk608: number
}[] = [
  { severity: 'green', weight: 80, risk608: 0.12 },
  { severity: 'yellow', weight: 15, risk608: 0.4 },
  { severity: 'red', weight: 5, risk608: 0.6 },
]

/** On 1 Nov 2021, 43,605 of 99,227 in treatment were in hospitals, the rest in field hospitals, CI or at home (CCSA). */
export const CARE: Readonly<Record<ReplaySeverity, readonly CareChoice[]>> = {
  green: [
    { place: 'hi', level: null, weight: 32 },
    { place: 'ci', level: '0', weight: 20 },
    { place: 'field', level: '1', weight: 14 },
    { place: 'hospitel', level: '1', weight: 14 },
    { place: 'hospital', level: '1', weight: 20 },
  ],
  yellow: [
    { place: 'field', level: '2.1', weight: 25 },
    { place: 'hospitel', level: '2.1', weight: 5 },
    { place: 'hospital', level: '2.1', weight: 55 },
    { place: 'hospital', level: '2.2', weight: 15 },
  ],
  red: [
    { place: 'hospital', level: '2.2', weight: 45 },
    { place: 'hospital', level: '3', weight: 55 },
  ],
}

const MINUTE = 60
const HOUR = 60 * MINUTE
export const DAY_SECONDS = 24 * HOUR

type Span = readonly [min: number, max: number]
/** Seconds from one step of a case to the next. */
export const SPANS = {
  reportToTriage: [15 * MINUTE, 3 * HOUR],
  triageToSearch: { green: [2 * HOUR, 14 * HOUR], yellow: [1 * HOUR, 6 * HOUR], red: [10 * MINUTE, 2 * HOUR] },
  /** a bed is held while the transfer is under way */
  hold: [30 * MINUTE, 3 * HOUR],
  searchAgain: [2 * HOUR, 6 * HOUR],
  stay: {
    green: [10 * DAY_SECONDS, 14 * DAY_SECONDS],
    yellow: [11 * DAY_SECONDS, 16 * DAY_SECONDS],
    red: [12 * DAY_SECONDS, 21 * DAY_SECONDS],
  },
  cleaning: [1 * HOUR, 4 * HOUR],
} as const satisfies Record<string, Span | Record<ReplaySeverity, Span>>

/** A green case that has waited this long for a bed goes into home isolation. */
export const GREEN_WAIT_SECONDS_MAX = 2 * DAY_SECONDS

/** Share of PCR tests that are positive: 15 % through autumn 2021 (DMSc: 7,496 cases, 39,798 tests on 11 Nov 2021). */
export const PCR_POSITIVE = 0.15
/** Self-tests: as many again as PCR, fewer positive. */
export const ATK_PER_PCR = 1.2
export const ATK_POSITIVE = 0.06
/** Beds out of use at any time. */
export const BLOCKED_SHARE = 0.02

/** Weight of each hour of the day: cases are registered by day, doses given and tests taken in opening hours. */
export const REPORT_HOURS = [1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 8, 7, 8, 8, 8, 7, 6, 5, 4, 3, 3, 2, 2] as const
export const SITE_HOURS = [0, 0, 0, 0, 0, 0, 0, 1, 6, 9, 9, 8, 4, 8, 9, 8, 5, 2, 1, 0, 0, 0, 0, 0] as const

/** Doses in one row: what a site reports at a time. */
export const DOSE_ROW: Span = [5, 200]

/** Shares of doses by whom they were for, as a day's rows are drawn: most went to the general public in autumn 2021. */
export const DOSE_GROUPS: readonly { readonly group: TargetGroup; readonly weight: number }[] = [
  { group: 'general', weight: 52 },
  { group: 'age60', weight: 17 },
  { group: 'student12', weight: 12 },
  { group: 'disease7', weight: 9 },
  { group: 'vhv', weight: 3 },
  { group: 'frontline', weight: 3 },
  { group: 'medical', weight: 3 },
  { group: 'pregnant', weight: 1 },
]

/** Of the time somebody waited for a bed, how much passed until their request was taken: the rest was the search. */
export const CLAIM_SHARE = 0.4

/** Hours since the last contact with a case under way at the end of the history: one in eight is beyond the 48 h. */
export const CONTACT_HOURS: Span = [0, 55]

/**
 * Every so many facilities count so seldom that they are late for most of the time; the others count whenever a bed moves.
 * Their counts move all the same.
 */
export const SILENT_EVERY = 12
export const SILENT_HOURS = 6

/** A point that gives doses, tests or oxygen says at most this often what it did. */
export const POINT_REPORT_MINUTES = 5
