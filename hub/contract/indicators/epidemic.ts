import { addDays } from '../vocabulary/days.ts'
import { DAYS_INSIDE } from '../vocabulary/metrics.ts'
import { type Cells, onDay, perHundredThousand, WEEK_DAYS } from './cells.ts'
import {
  COUNT_MAX,
  COUNT_RANGE,
  type Indicator,
  known,
  NO_THRESHOLDS,
  of,
  PER_100K_RANGE,
  type Subject,
  unknown,
  type Value,
} from './indicator.ts'
import { knownUntil, reportedDay, sumOfDays } from './reports.ts'
import { doublingDays, reproductionNumber, sumBack, weekGrowth } from './statistics.ts'

/** Whole days that a change compares with the same weekdays before: what a scope holds of its parts has no seventh. */
const GROWTH_DAYS = 6

/** Cases of a day below which no surge is told. */
const SURGE_CASES_MIN = 10

/** Whole days before today, oldest first. */
function wholeDays(cells: Cells, subject: Subject, today: string): readonly (number | null)[] {
  return knownUntil(cells, 'cases', subject.code, today, addDays(today, -1), DAYS_INSIDE + 2)
}

function lastDays(days: readonly (number | null)[], length: number): Value {
  return sumOfDays(days.slice(-length))
}

/** An estimate of days that are all needed: which of them are known stands with it. */
function estimate(days: readonly (number | null)[], length: number, value: number | null, why: Value['why']): Value {
  const { reported, parts } = lastDays(days, length)
  return of(value, parts, reported, reported < parts ? 'incomplete' : (why ?? 'too_few'))
}

const base = { source: 'cases', worse: 'higher', thresholds: NO_THRESHOLDS } as const

export const EPIDEMIC = {
  'cases.day': {
    ...base,
    unit: 'count',
    finest: 'district',
    adds: 'areas',
    range: COUNT_RANGE,
    read: (cells, subject, today) => reportedDay(cells, 'cases', subject, today),
  },
  'cases.mean': {
    ...base,
    unit: 'count',
    finest: 'district',
    adds: 'days',
    range: COUNT_RANGE,
    read: (cells, subject, today) => {
      const days = wholeDays(cells, subject, today)
      const sum = sumBack(days, WEEK_DAYS)
      return estimate(days, WEEK_DAYS, sum === null ? null : sum / WEEK_DAYS, 'incomplete')
    },
  },
  'cases.week': {
    ...base,
    unit: 'count',
    finest: 'district',
    adds: 'days',
    range: COUNT_RANGE,
    read: (cells, subject, today) =>
      lastDays(knownUntil(cells, 'cases', subject.code, today, today, DAYS_INSIDE), WEEK_DAYS),
  },
  /**
   * 20, 50 and 150 new cases per 100,000 a week are WHO's bounds of community transmission levels 1–4 (guidance on public
   * health and social measures, June 2021). Level 4 is amber; red begins at twice its bound.
   */
  'cases.rate': {
    ...base,
    unit: 'per100k',
    finest: 'province',
    adds: 'days',
    range: PER_100K_RANGE,
    thresholds: { watch: 150, alarm: 300 },
    read: (cells, subject, today) => {
      const days = knownUntil(cells, 'cases', subject.code, today, today, DAYS_INSIDE)
      return perResident(lastDays(days, WEEK_DAYS), subject)
    },
  },
  'cases.growth': {
    ...base,
    unit: 'change',
    finest: 'district',
    adds: 'days',
    range: [-1, 1_000],
    // A quarter more than a week ago is worth a look.
    thresholds: { watch: 0.25, alarm: null },
    read: (cells, subject, today) => {
      const days = wholeDays(cells, subject, today)
      return estimate(days, GROWTH_DAYS + WEEK_DAYS, weekGrowth(days, GROWTH_DAYS), 'nothing_before')
    },
  },
  /**
   * A bound from below: what has come of a day only grows until it ends, so that a surge is told while it comes and a batch that
   * comes an hour earlier than yesterday is none.
   */
  'cases.surge': {
    ...base,
    unit: 'change',
    finest: 'district',
    adds: 'days',
    range: [-1, 1_000],
    thresholds: { watch: 0.5, alarm: null },
    read: (cells, subject, today) => {
      const { value: sofar } = reportedDay(cells, 'cases', subject, today)
      if (sofar === null) return unknown('not_reported', WEEK_DAYS)
      const days = wholeDays(cells, subject, today)
      const sum = sumBack(days, WEEK_DAYS)
      // A usual day has one case at least: ten where there were none are a surge.
      const usual = sum === null ? null : Math.max(sum / WEEK_DAYS, 1)
      const value = usual === null || sofar < SURGE_CASES_MIN ? null : sofar / usual - 1
      return estimate(days, WEEK_DAYS, value, 'fewer_than_ten')
    },
  },
  'cases.doubling': {
    ...base,
    unit: 'days',
    finest: 'province',
    adds: 'days',
    worse: 'neither',
    range: [-10_000, 10_000],
    read: (cells, subject, today) => {
      const days = wholeDays(cells, subject, today)
      const value = doublingDays(days)
      return estimate(
        days,
        2 * WEEK_DAYS,
        value,
        sumBack(days, WEEK_DAYS, WEEK_DAYS) ? 'stands_still' : 'nothing_before',
      )
    },
  },
  'cases.rt': {
    ...base,
    unit: 'ratio',
    finest: 'province',
    adds: 'days',
    range: [0, 100],
    // Above 1 each case makes more than one other; a tenth above it is beyond the noise of reporting.
    thresholds: { watch: 1.1, alarm: 1.3 },
    read: (cells, subject, today) => {
      const days = wholeDays(cells, subject, today)
      const rt = reproductionNumber(days)
      const value = estimate(days, RT_DAYS, rt?.value ?? null, 'too_few')
      return rt ? { ...value, low: rt.low, high: rt.high } : value
    },
  },
  'cases.late': correction('late.cases'),
  'cases.corrected': correction('corrected.cases'),
  'deaths.day': {
    ...base,
    unit: 'count',
    finest: 'district',
    adds: 'areas',
    range: COUNT_RANGE,
    read: (cells, subject, today) => reportedDay(cells, 'deaths', subject, today),
  },
  'deaths.total': {
    ...base,
    unit: 'count',
    finest: 'district',
    adds: 'register',
    range: COUNT_RANGE,
    read: (cells, { code }) => {
      const total = cells('deaths.total', code)
      return total > 0 || cells('cases.total', code) > 0 ? known(total) : unknown('not_reported')
    },
  },
  'deaths.late': correction('late.deaths'),
  'deaths.corrected': correction('corrected.deaths'),
} as const satisfies Readonly<Record<string, Indicator>>

/** Seven days and the seven that ended four days earlier. */
const RT_DAYS = WEEK_DAYS + 4

/** The same number per 100,000 residents. */
function perResident(count: Value, { population }: Subject): Value {
  if (count.value === null) return count
  const value = perHundredThousand(count.value, population)
  return of(value, count.parts, count.reported, 'no_population')
}

/** What was said today of earlier days: what nobody corrected is none. */
function correction(flow: 'late.cases' | 'late.deaths' | 'corrected.cases' | 'corrected.deaths'): Indicator {
  return {
    ...base,
    unit: 'count',
    finest: 'district',
    adds: 'register',
    worse: 'neither',
    range: [-COUNT_MAX, COUNT_MAX],
    read: (cells, { code }, today) => known(onDay(cells, flow, code, today)),
  }
}
