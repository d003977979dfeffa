import { addDays } from '../vocabulary/days.ts'
import type { DoseNumber } from '../vocabulary/doses.ts'
import { DOSE_NUMBERS, KNOWN_GROUPS } from '../vocabulary/doses.ts'
import { DAYS_INSIDE } from '../vocabulary/metrics.ts'
import { type Cells, DOSE_METRICS, type Flow, onDay, perHundredThousand, sumDays, WEEK_DAYS } from './cells.ts'
import {
  type Area,
  COUNT_MAX,
  COUNT_RANGE,
  type Indicator,
  known,
  NO_THRESHOLDS,
  of,
  PER_100K_RANGE,
  SHARE_RANGE,
  type Subject,
  unknown,
  type Value,
} from './indicator.ts'
import { countedDay, countedDays, reporters } from './reports.ts'
import { weekGrowth } from './statistics.ts'

const GROWTH_DAYS = 6

function flowsOf(dose: DoseNumber | undefined): readonly Flow[] {
  return dose === undefined ? DOSE_METRICS : [`doses.${dose}`]
}

/** The doses of the seven days that end today; nobody says that a day had none, so one with any makes them known. */
function week(cells: Cells, code: string, today: string): Value {
  const days = countedDays(cells, DOSE_METRICS, code, today, WEEK_DAYS)
  const reported = days.filter((day) => day !== null && day !== 0).length
  const sum = DOSE_METRICS.reduce((all, metric) => all + sumDays(cells, metric, code, today, WEEK_DAYS), 0)
  return of(reported > 0 ? sum : null, WEEK_DAYS, reported, 'not_reported')
}

function perResident(count: Value, { population }: Subject): Value {
  if (count.value === null) return count
  return of(perHundredThousand(count.value, population), count.parts, count.reported, 'no_population')
}

/** What of a day's doses came late, or was taken back: none is a number once the day has doses. */
function within(cells: Cells, flow: 'doses.late' | 'doses.corrected', subject: Subject, today: string): Value {
  const count = onDay(cells, flow, subject.code, today)
  if (count !== 0) return known(count)
  return countedDay(cells, DOSE_METRICS, subject, today).value === null ? unknown('not_reported') : known(0)
}

/** Those of a subject's parts that have planned doses for the day. */
function planning(cells: Cells, subject: Subject, day: string): readonly Area[] {
  return reporters(subject).filter(({ code }) => onDay(cells, 'planned', code, day) > 0)
}

function sumOf(cells: Cells, flows: readonly Flow[], areas: readonly Area[], day: string): number {
  return areas.reduce((all, { code }) => all + flows.reduce((sum, flow) => sum + onDay(cells, flow, code, day), 0), 0)
}

/** A share of residents: above 1 it stays what it is, and is named. */
function covered(doses: number, residents: number, parts = 1, reported = 1): Value {
  const value: Value = { value: doses / residents, parts, reported, oldest: null }
  return doses > residents ? { ...value, note: 'more_than_residents' } : value
}

/**
 * Doses of a number over the residents of a group, of those areas alone that have said both: a province without residents,
 * or whose doses have no group, is in neither part of the fraction.
 */
function coverageOf(dose: DoseNumber): Indicator {
  return {
    unit: 'share',
    source: 'residents',
    finest: 'district',
    adds: 'areas',
    by: 'knownGroup',
    required: true,
    worse: 'lower',
    range: SHARE_RANGE,
    thresholds: NO_THRESHOLDS,
    read: (cells, subject, _today, _now, { knownGroup: group }) => {
      if (group === undefined) return unknown('no_residents', 0)
      const from = reporters(subject)
      const settled = from.filter(({ code }) => cells(`residents.${group}`, code) > 0)
      const said = settled.filter(({ code }) =>
        KNOWN_GROUPS.some((any) => DOSE_NUMBERS.some((n) => cells(`given.${any}.${n}`, code) !== 0)),
      )
      if (said.length === 0) return unknown(settled.length === 0 ? 'no_residents' : 'not_reported', from.length)
      const sum = (column: string) => said.reduce((all, { code }) => all + cells(column, code), 0)
      return covered(sum(`given.${group}.${dose}`), sum(`residents.${group}`), from.length, said.length)
    },
  }
}

const base = {
  source: 'vaccinations',
  finest: 'district',
  worse: 'neither',
  thresholds: NO_THRESHOLDS,
} as const
/** Corrections make a sum smaller than nothing. */
const SIGNED_RANGE = [-COUNT_MAX, COUNT_MAX] as const

export const VACCINATION = {
  'doses.day': {
    ...base,
    unit: 'count',
    adds: 'areas',
    by: 'dose',
    range: SIGNED_RANGE,
    read: (cells, subject, today, _now, { dose }) => countedDay(cells, flowsOf(dose), subject, today),
  },
  'doses.week': {
    ...base,
    unit: 'count',
    adds: 'days',
    range: SIGNED_RANGE,
    read: (cells, { code }, today) => week(cells, code, today),
  },
  'doses.rate': {
    ...base,
    unit: 'per100k',
    finest: 'province',
    adds: 'days',
    range: PER_100K_RANGE,
    read: (cells, subject, today) => perResident(week(cells, subject.code, today), subject),
  },
  'doses.growth': {
    ...base,
    unit: 'change',
    adds: 'days',
    range: [-1, 1_000],
    read: (cells, subject, today) => {
      const yesterday = addDays(today, -1)
      const days = countedDays(cells, DOSE_METRICS, subject.code, yesterday, DAYS_INSIDE - 1, subject.whole)
      const reported = days.filter((day) => day !== null).length
      const why = reported < days.length ? 'incomplete' : 'nothing_before'
      return of(weekGrowth(days, GROWTH_DAYS), days.length, reported, why)
    },
  },
  'doses.group': {
    ...base,
    unit: 'count',
    adds: 'areas',
    by: 'group',
    required: true,
    range: SIGNED_RANGE,
    read: (cells, subject, today, _now, { group }) =>
      group === undefined ? unknown('not_reported', 0) : countedDay(cells, [`doses.group.${group}`], subject, today),
  },
  'doses.vaccine': {
    ...base,
    unit: 'count',
    adds: 'areas',
    by: 'vaccine',
    required: true,
    range: SIGNED_RANGE,
    read: (cells, subject, today, _now, { vaccine }) =>
      vaccine === undefined
        ? unknown('not_reported', 0)
        : countedDay(cells, [`doses.vaccine.${vaccine}`], subject, today),
  },
  'doses.planned': {
    ...base,
    unit: 'count',
    source: 'dose_plans',
    adds: 'areas',
    range: COUNT_RANGE,
    read: (cells, subject, today) => {
      const parts = reporters(subject)
      const from = planning(cells, subject, today)
      return of(from.length === 0 ? null : sumOf(cells, ['planned'], from, today), parts.length, from.length, 'no_plan')
    },
  },
  /** Of those who have a plan: doses of a province without one do not make up for another's. */
  'doses.achieved': {
    ...base,
    unit: 'share',
    source: 'dose_plans',
    adds: 'areas',
    worse: 'lower',
    range: SHARE_RANGE,
    read: (cells, subject, today) => {
      const parts = reporters(subject).length
      const from = planning(cells, subject, today)
      if (from.length === 0) return unknown('no_plan', parts)
      return {
        value: sumOf(cells, DOSE_METRICS, from, today) / sumOf(cells, ['planned'], from, today),
        ...{ parts, reported: from.length, oldest: null },
      }
    },
  },
  'doses.late': {
    ...base,
    unit: 'count',
    adds: 'register',
    range: COUNT_RANGE,
    read: (cells, subject, today) => within(cells, 'doses.late', subject, today),
  },
  'doses.corrected': {
    ...base,
    unit: 'count',
    adds: 'register',
    range: SIGNED_RANGE,
    read: (cells, subject, today) => within(cells, 'doses.corrected', subject, today),
  },
  /** Who comes from elsewhere is vaccinated here: a share above 1 is possible, and shown as it is. */
  coverage: {
    ...base,
    unit: 'share',
    finest: 'province',
    adds: 'register',
    by: 'dose',
    required: true,
    worse: 'lower',
    range: SHARE_RANGE,
    read: (cells, { code, population }, _today, _now, { dose }) => {
      if (dose === undefined) return unknown('not_reported', 0)
      if (DOSE_NUMBERS.every((n) => cells(`doses.total.${n}`, code) === 0)) return unknown('not_reported')
      if (!population) return unknown('no_population', 1, 1)
      return covered(cells(`doses.total.${dose}`, code), population)
    },
  },
  'coverage.first': coverageOf(1),
  'coverage.second': coverageOf(2),
  'coverage.third': coverageOf(3),
} as const satisfies Readonly<Record<string, Indicator>>
