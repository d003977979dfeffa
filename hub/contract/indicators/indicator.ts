import type { BedLevel } from '../vocabulary/beds.ts'
import type { DoseNumber, KnownGroup, TargetGroup, Vaccine } from '../vocabulary/doses.ts'
import type { FacilityKind } from '../vocabulary/facilities.ts'
import type { Severity } from '../vocabulary/severity.ts'
import type { StockItem } from '../vocabulary/stock.ts'
import type { Cells } from './cells.ts'

/** `share` and `change` are fractions, 0.5 is 50 %; `minutes` are an age or a wait; `days` lie ahead or double a number. */
export const UNITS = ['count', 'per100k', 'share', 'change', 'ratio', 'days', 'minutes'] as const
export type Unit = (typeof UNITS)[number]

/** What an indicator is asked of, beside an area and a day. What it does not ask for is not looked at. */
export type Options = {
  readonly level?: BedLevel | undefined
  readonly severity?: Severity | undefined
  readonly dose?: DoseNumber | undefined
  readonly group?: TargetGroup | undefined
  /** a group of whom there are residents */
  readonly knownGroup?: KnownGroup | undefined
  readonly vaccine?: Vaccine | undefined
  readonly test?: 'pcr' | 'atk' | undefined
  readonly site?: FacilityKind | undefined
  readonly item?: StockItem | undefined
}
export type Option = keyof Options

/** An area that a number is about. Districts have no published population. */
export type Area = { readonly code: string; readonly population?: number | null | undefined }

/** @returns ms since 1970 of the oldest of a measure (row kind `oldest`); `null` when there is none, or it is not known */
export type Oldest = (area: string, measure: string) => number | null

/** `parts`: those who report for it: of the nation its provinces; of any other area none, it reports itself. */
export type Subject = Area & {
  readonly parts: readonly Area[]
  readonly oldest?: Oldest | undefined
  /** the area of the whole screen, where the subject is one of its parts: what it knows of the past, a part knows too */
  readonly whole?: string | undefined
}

/** Why there is no number. */
export const WHYS = [
  /** nobody has said it */
  'not_reported',
  /** one of the days or areas it adds up has not been said */
  'incomplete',
  /** too few cases or days for the estimator to say more than chance */
  'too_few',
  /** fewer than ten: how much more that is says more of chance than of the epidemic */
  'fewer_than_ten',
  /** nothing of the kind happened, so there is nothing to take the middle of */
  'none',
  /** there was none the week before */
  'nothing_before',
  /** it neither grows nor falls */
  'stands_still',
  /** no bed of the level is staffed */
  'no_beds',
  /** nothing of it is used, so it lasts */
  'not_used',
  /** not at the present trend */
  'not_within_30_days',
  /** the number of residents is not published */
  'no_population',
  /** nobody has said how many people of the group live there */
  'no_residents',
  /** nobody has planned doses for the day */
  'no_plan',
  /** it is shown to accounts alone */
  'not_shown',
] as const
export type Why = (typeof WHYS)[number]

/**
 * What is known of an indicator. `value` `null` is not known, never zero; `why` says why. `parts` are what it adds up, in the
 * indicator's `adds`; `reported` how many of them have been said within their deadline; `oldest` the oldest of them, ms
 * since 1970. `low` and `high` bound its 95 % interval; a `high` of `null` has no bound.
 */
export type Value = {
  readonly value: number | null
  readonly parts: number
  readonly reported: number
  readonly oldest: number | null
  readonly low?: number
  readonly high?: number | null
  readonly why?: Why
  readonly note?: Note
}

/** What is strange about a number that is shown nevertheless. */
export const NOTES = [
  /** more doses than residents: given to people from elsewhere, or too few residents were stated */
  'more_than_residents',
] as const
export type Note = (typeof NOTES)[number]

/** The parts of a value: what "27 of 77" are. `register`: what is recorded here, where none is a zero. */
export const ADDS = ['areas', 'days', 'beds', 'sites', 'register'] as const
export type Adds = (typeof ADDS)[number]

/** From where a value is worth a look, and from where it is abnormal; in the indicator's unit. */
export type Thresholds = { readonly watch: number | null; readonly alarm: number | null }

/** Where a number comes from: the name is a key of the words. */
export const SOURCES = [
  'cases',
  'day_reports',
  'beds',
  'needs',
  'vaccinations',
  'residents',
  'dose_plans',
  'tests',
  'stock',
  'facilities',
] as const
export type Source = (typeof SOURCES)[number]

export type Indicator = {
  readonly unit: Unit
  /** the smallest kind of area that it says something about */
  readonly finest: 'nation' | 'province' | 'district'
  /** which way is worse */
  readonly worse: 'higher' | 'lower' | 'neither'
  readonly source: Source
  readonly adds: Adds
  /** what it is asked by; of one that is `required` there is no number without */
  readonly by?: Option
  readonly required?: boolean
  readonly thresholds: Thresholds
  /** the lowest and highest value it can take */
  readonly range: readonly [min: number, max: number]
  /** @param today the operation's day, `YYYY-MM-DD` @param now ms since 1970 */
  readonly read: (cells: Cells, subject: Subject, today: string, now: number, options: Options) => Value
}

export const NO_THRESHOLDS: Thresholds = { watch: null, alarm: null }
/** More people, beds or doses than there can be. */
export const COUNT_MAX = 100_000_000
export const COUNT_RANGE = [0, COUNT_MAX] as const
export const SHARE_RANGE = [0, 1] as const
export const PER_100K_RANGE = [0, 100_000] as const
/** A year: no wait and no trend is longer. */
export const MINUTES_RANGE = [0, 366 * 24 * 60] as const

/** One that is known, of one part. */
export function known(value: number): Value {
  return { value, parts: 1, reported: 1, oldest: null }
}

/** One that is not known. */
export function unknown(why: Why, parts = 1, reported = 0, oldest: number | null = null): Value {
  return { value: null, parts, reported, oldest, why }
}

/** A number that may not be known, of parts. */
export function of(
  value: number | null,
  parts: number,
  reported: number,
  why: Why,
  oldest: number | null = null,
): Value {
  return value === null ? unknown(why, parts, reported, oldest) : { value, parts, reported, oldest }
}
