/**
 * What is possible and still hardly true: a slip of the finger, a column of totals in a column of days. Imports refuse
 * it unless `--accept-implausible`, forms ask "really?". The limits lie well above what the epidemic of 2021–22 reached.
 */

/** Each is the key of its sentence in hub/contract/refusals/en.ts. */
export type DoubtRule = 'over_people' | 'over_before' | 'over_site' | 'fall_of_most'

/** `limit`: the most, or for `fall_of_most` the least, that is taken without a question. */
export type Doubt = {
  readonly field: string
  readonly rule: DoubtRule
  readonly limit: number
  readonly value: number
}

/** Shares of a province's registered people. The highest days of 2021–22: cases 0.0022, deaths 0.00004. [B] */
const PEOPLE_SHARE = { cases: 0.02, deaths: 0.001, tests: 0.1, doses: 0.1, beds: 0.02 } as const
/** Doses of one number in all: provinces with many unregistered workers reached 1.77 of their registered people. [B] */
const DOSES_PER_PERSON_MAX = 2
/** A number this many times what was reported before, or that part of it, has a digit too many or too few. [B] */
const TIMES_BEFORE = 10
/** The largest field hospital had 3,700 beds, the largest vaccination site 20,000 doses a day. [B] */
const SITE_MAX = { beds: 5_000, doses: 30_000 } as const
/** A correction that leaves less than this of what stood. The largest real one took 27 %. [B] */
const LEFT_MIN = 0.5
/** Small numbers jump; below these nobody is asked. [B] */
const UNASKED = { beds: 20, reports: 1_000, falls: 100, stock: 500 } as const

export type Registered = number | undefined

function over(field: string, rule: DoubtRule, value: number, limit: number): Doubt[] {
  return value > limit ? [{ field, rule, limit, value }] : []
}

function overPeople(field: string, value: number, people: Registered, share: number): Doubt[] {
  return people === undefined ? [] : over(field, 'over_people', value, Math.floor(people * share))
}

/** @param before what stood; @param left the least share of it that a correction leaves */
function fall(field: string, value: number, before: number, from: number, left: number): Doubt[] {
  const limit = Math.ceil(before * left)
  return before >= from && value < limit ? [{ field, rule: 'fall_of_most', limit, value }] : []
}

/** A province's new cases or deaths of one day, or of `days` of them; `before`: what stood for that day. */
export function doubtsOfDay(
  field: string,
  metric: 'cases' | 'deaths',
  {
    value,
    before,
    people,
    days = 1,
  }: { value: number; before?: number | undefined; people: Registered; days?: number },
): Doubt[] {
  return [
    ...overPeople(field, value, people, PEOPLE_SHARE[metric] * days),
    ...fall(field, value, before ?? 0, UNASKED.falls, LEFT_MIN),
  ]
}

/** Cumulative doses of one number in a province; `before`: the report that precedes it. */
export function doubtsOfDoseTotal(
  field: string,
  value: number,
  before: number | undefined,
  people: Registered,
): Doubt[] {
  return [
    ...overPeople(field, value, people, DOSES_PER_PERSON_MAX),
    ...fall(field, value, before ?? 0, UNASKED.falls, LEFT_MIN),
  ]
}

/** Staffed beds of one level; `before`: what the site reported last. */
export function doubtsOfBeds(field: string, value: number, before: number | undefined, people: Registered): Doubt[] {
  return first(
    over(field, 'over_site', value, SITE_MAX.beds),
    overPeople(field, value, people, PEOPLE_SHARE.beds),
    // A level that opens, or opens again, has nothing to be compared with.
    before ? over(field, 'over_before', value, Math.max(before * TIMES_BEFORE, UNASKED.beds)) : [],
    fall(field, value, before ?? 0, UNASKED.beds, 1 / TIMES_BEFORE),
  )
}

/** What a site has of an item or uses of it in a day; `before`: what it reported last. Stock may fall to nothing. */
export function doubtsOfStock(field: string, value: number, before: number | undefined): Doubt[] {
  return before ? over(field, 'over_before', value, Math.max(before * TIMES_BEFORE, UNASKED.stock)) : []
}

export type DayReport = {
  /** the day's sum of the site or district before this report */
  readonly before: number
  /** what the report adds; a correction may take back */
  readonly adds: number
  /** the greatest sum of an earlier day there; 0: none */
  readonly greatest: number
  readonly people: Registered
}

/** Doses of one number of a site's day, or tests of a district's. */
export function doubtsOfReport(field: string, metric: 'doses' | 'tests', report: DayReport): Doubt[] {
  const { before, adds, greatest, people } = report
  const value = before + adds
  if (adds < 0) return fall(field, value, before, UNASKED.falls, LEFT_MIN)
  return first(
    metric === 'doses' ? over(field, 'over_site', value, SITE_MAX.doses) : [],
    overPeople(field, value, people, PEOPLE_SHARE[metric]),
    greatest > 0 ? over(field, 'over_before', value, Math.max(greatest * TIMES_BEFORE, UNASKED.reports)) : [],
  )
}

/** One question a field is enough. */
function first(...found: readonly Doubt[][]): Doubt[] {
  return found.find((doubts) => doubts.length > 0) ?? []
}
