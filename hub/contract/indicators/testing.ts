import { type Flow, sumDays, WEEK_DAYS } from './cells.ts'
import { COUNT_RANGE, type Indicator, NO_THRESHOLDS, type Options, of, SHARE_RANGE, unknown } from './indicator.ts'
import { countedDay, countedDays } from './reports.ts'

function flowsOf(stem: 'tests' | 'positive', { test }: Options): readonly Flow[] {
  return test === undefined ? [`${stem}.pcr`, `${stem}.atk`] : [`${stem}.${test}`]
}

const base = { source: 'tests', finest: 'district', by: 'test' } as const

export const TESTING = {
  'tests.day': {
    ...base,
    unit: 'count',
    adds: 'areas',
    worse: 'neither',
    range: COUNT_RANGE,
    thresholds: NO_THRESHOLDS,
    read: (cells, subject, today, _now, options) => countedDay(cells, flowsOf('tests', options), subject, today),
  },
  /** Below 5 % for two weeks is WHO's sign that enough is tested (public health criteria, May 2020); 20 % misses most [B]. */
  positivity: {
    ...base,
    unit: 'share',
    adds: 'days',
    worse: 'higher',
    range: SHARE_RANGE,
    thresholds: { watch: 0.05, alarm: 0.2 },
    read: (cells, { code }, today, _now, options) => {
      const sum = (stem: 'tests' | 'positive') =>
        flowsOf(stem, options).reduce((all, flow) => all + sumDays(cells, flow, code, today, WEEK_DAYS), 0)
      const tested = sum('tests')
      const days = countedDays(cells, flowsOf('tests', options), code, today, WEEK_DAYS)
      const reported = days.filter((day) => day !== null && day !== 0).length
      if (tested <= 0) return unknown('not_reported', WEEK_DAYS, reported)
      return of(sum('positive') / tested, WEEK_DAYS, reported, 'not_reported')
    },
  },
} as const satisfies Readonly<Record<string, Indicator>>
