import { BED_LEVELS, OTHER_BED_STATES } from '../vocabulary/beds.ts'
import { BED_KINDS } from '../vocabulary/facilities.ts'
import { DAYS_INSIDE } from '../vocabulary/metrics.ts'
import { type BedCount, beds as bedsOf, type Cells } from './cells.ts'
import {
  COUNT_RANGE,
  type Indicator,
  NO_THRESHOLDS,
  type Options,
  SHARE_RANGE,
  type Subject,
  unknown,
  type Value,
} from './indicator.ts'
import { countedDays } from './reports.ts'
import { daysUntilFull, FULL_DAYS_MAX } from './statistics.ts'

/** Days whose ends make the trend of occupied beds; what a scope holds of its parts. */
const TREND_DAYS = DAYS_INSIDE

/** Whether some facility of the area has reported its beds in time: only then "no bed" is a fact. */
function hasSaid(cells: Cells, code: string): boolean {
  return (
    BED_KINDS.some((kind) => cells(`sites.${kind}`, code) > cells(`sites.late.${kind}`, code)) ||
    BED_LEVELS.some((level) => cells(`beds.staffed.${level}`, code) > cells(`beds.late.${level}`, code))
  )
}

/** A number of one level: its parts are the staffed beds, those counted within their deadline are reported. */
function ofLevel(cells: Cells, subject: Subject, { level }: Options, read: (count: BedCount) => number | null): Value {
  if (level === undefined) return unknown('not_reported', 0)
  const count = bedsOf(cells, subject.code, level)
  const oldest = subject.oldest?.(subject.code, `beds.${level}`) ?? null
  if (count.staffed === 0) {
    if (!hasSaid(cells, subject.code)) return unknown('not_reported', 0, 0, oldest)
    const value = read(count)
    return value === null ? unknown('no_beds', 0) : { value, parts: 0, reported: 0, oldest }
  }
  const late = cells(`beds.late.${level}`, subject.code)
  return { value: read(count), parts: count.staffed, reported: Math.max(0, count.staffed - late), oldest }
}

const base = {
  source: 'beds',
  adds: 'beds',
  finest: 'district',
  by: 'level',
  required: true,
  worse: 'neither',
  thresholds: NO_THRESHOLDS,
} as const

export const BEDS = {
  /** Beds of a level are short from 80 % on: staff and families feel it, and 90 % leaves no room for a night. */
  'beds.occupancy': {
    ...base,
    unit: 'share',
    worse: 'higher',
    range: SHARE_RANGE,
    thresholds: { watch: 0.8, alarm: 0.9 },
    read: (cells, subject, _today, _now, options) => ofLevel(cells, subject, options, (count) => count.occupancy),
  },
  'beds.free': {
    ...base,
    unit: 'count',
    worse: 'lower',
    range: COUNT_RANGE,
    read: (cells, subject, _today, _now, options) => ofLevel(cells, subject, options, (count) => count.available),
  },
  'beds.staffed': {
    ...base,
    unit: 'count',
    range: COUNT_RANGE,
    read: (cells, subject, _today, _now, options) => ofLevel(cells, subject, options, (count) => count.staffed),
  },
  'beds.other': {
    ...base,
    unit: 'count',
    range: COUNT_RANGE,
    read: (cells, subject, _today, _now, options) =>
      ofLevel(cells, subject, options, (count) => OTHER_BED_STATES.reduce((sum, state) => sum + count[state], 0)),
  },
  // Two weeks are what it takes to staff more beds [B]; one is too late.
  'beds.full': {
    ...base,
    unit: 'days',
    finest: 'province',
    worse: 'lower',
    range: [0, FULL_DAYS_MAX],
    thresholds: { watch: 14, alarm: 7 },
    read: (cells, subject, today, _now, options) => {
      const now = ofLevel(cells, subject, options, (count) => count.available)
      if (now.value === null || options.level === undefined) return now
      if (now.parts === 0) return { ...now, value: null, why: 'no_beds' }
      const days = countedDays(cells, [`occupied.${options.level}`], subject.code, today, TREND_DAYS, subject.whole)
      const full = daysUntilFull(days, now.value)
      if (full === null) return { ...now, value: null, why: 'too_few' }
      if (full.kind === 'later') return { ...now, value: null, why: 'not_within_30_days' }
      if (full.kind === 'full') return { ...now, value: 0 }
      return { ...now, value: full.days, low: full.low, high: full.high }
    },
  },
  'beds.corrected': {
    source: 'beds',
    adds: 'register',
    finest: 'district',
    worse: 'neither',
    thresholds: NO_THRESHOLDS,
    unit: 'count',
    range: COUNT_RANGE,
    read: (cells, { code }, today) => ({
      value: cells(`corrected.beds@${today}`, code),
      parts: 1,
      reported: 1,
      oldest: null,
    }),
  },
} as const satisfies Readonly<Record<string, Indicator>>
