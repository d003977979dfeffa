import { FACILITY_KINDS, type FacilityKind } from '../vocabulary/facilities.ts'
import type { ReportedFlow } from '../vocabulary/metrics.ts'
import { beds } from './cells.ts'
import { type Indicator, NO_THRESHOLDS, SHARE_RANGE, unknown } from './indicator.ts'
import { reportedDay } from './reports.ts'

const base = { unit: 'share', worse: 'lower', range: SHARE_RANGE, thresholds: NO_THRESHOLDS } as const

/** The share of the provinces that have reported a day. */
function provinces(flow: ReportedFlow): Indicator {
  return {
    ...base,
    source: 'day_reports',
    finest: 'nation',
    adds: 'areas',
    read: (cells, subject, today) => {
      const { parts, reported } = reportedDay(cells, flow, subject, today)
      return parts === 0 ? unknown('not_reported', 0) : { value: reported / parts, parts, reported, oldest: null }
    },
  }
}

export const REPORTING = {
  'reporting.cases': provinces('cases'),
  'reporting.deaths': provinces('deaths'),
  // Of a level of which a fifth was not counted in time one cannot say whether a bed is free [B].
  'reporting.beds': {
    ...base,
    source: 'beds',
    finest: 'district',
    adds: 'beds',
    by: 'level',
    required: true,
    thresholds: { watch: 0.8, alarm: 0.5 },
    read: (cells, subject, _today, _now, { level }) => {
      if (level === undefined) return unknown('not_reported', 0)
      const { staffed } = beds(cells, subject.code, level)
      const oldest = subject.oldest?.(subject.code, `beds.${level}`) ?? null
      if (staffed === 0) return unknown('no_beds', 0, 0, oldest)
      const reported = Math.max(0, staffed - cells(`beds.late.${level}`, subject.code))
      return { value: reported / staffed, parts: staffed, reported, oldest }
    },
  },
  'reporting.sites': {
    ...base,
    source: 'facilities',
    finest: 'district',
    adds: 'sites',
    by: 'site',
    read: (cells, { code }, _today, _now, { site }) => {
      const kinds: readonly FacilityKind[] = site === undefined ? FACILITY_KINDS : [site]
      const sum = (stem: string) => kinds.reduce((all, kind) => all + cells(`${stem}.${kind}`, code), 0)
      const parts = sum('sites')
      const reported = parts - sum('sites.late')
      return parts === 0 ? unknown('not_reported', 0) : { value: reported / parts, parts, reported, oldest: null }
    },
  },
} as const satisfies Readonly<Record<string, Indicator>>
