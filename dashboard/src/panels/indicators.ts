import {
  beds,
  type Cells,
  DOSE_METRICS,
  dosesInWeek,
  perHundredThousand,
  WEEK_DAYS,
  waiting,
  weekChange,
} from '../../../hub/contract/indicators/cells.ts'
import { CHANGE_DAYS } from '../../../hub/contract/indicators/first-day.ts'
import { knownDays, knownSeries, sumKnown, sumWhole } from '../../../hub/contract/indicators/known.ts'
import type { BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import { addDays } from '../../../hub/contract/vocabulary/days.ts'
import { DAYS_INSIDE } from '../../../hub/contract/vocabulary/metrics.ts'

/** What a map and a ranking can show. The order is that of the keys 1–4. */
export const INDICATORS = ['incidence', 'occupancy', 'waiting', 'doses'] as const
export type Indicator = (typeof INDICATORS)[number]

/** What an indicator is asked of. Districts have no published population: they are compared by counts. */
export type IndicatorArea = { readonly code: string; readonly population?: number | null | undefined }

export type Choice = { readonly indicator: Indicator; readonly level: BedLevel }

/**
 * `value` is what is coloured and ranked; `count` the number of people, beds or doses behind it; `null` is not known.
 */
export type Reading = { readonly value: number | null; readonly count: number | null }

type Read = (cells: Cells, area: IndicatorArea, today: string, level: BedLevel) => Reading

const rated = (count: number | null, area: IndicatorArea): Reading =>
  count === null ? { value: null, count } : { value: perHundredThousand(count, area.population) ?? count, count }

/** The week's cases of a part, as far as they are known. */
function casesInWeek(cells: Cells, code: string, today: string): number | null {
  return sumKnown(knownSeries(cells, 'cases', code, today, DAYS_INSIDE).slice(-WEEK_DAYS))
}

const READ: Readonly<Record<Indicator, Read>> = {
  incidence: (cells, area, today) => rated(casesInWeek(cells, area.code, today), area),
  occupancy: (cells, area, _today, level) => {
    const { occupancy, available } = beds(cells, area.code, level)
    return { value: occupancy, count: available }
  },
  waiting: (cells, area) => rated(waiting(cells, area.code).total, area),
  doses: (cells, area, today) => rated(dosesInWeek(cells, area.code, today), area),
}

export function readIndicator(cells: Cells, choice: Choice, area: IndicatorArea, today: string): Reading {
  return READ[choice.indicator](cells, area, today, choice.level)
}

/** Against the week before; `null` for stocks, of which only the present is known. */
export function indicatorChange(cells: Cells, indicator: Indicator, code: string, today: string): number | null {
  if (indicator === 'incidence') {
    const known = knownDays(cells, 'cases', code, today, DAYS_INSIDE)
    return sumWhole(known, addDays(today, -1), CHANGE_DAYS) === null ? null : weekChange(cells, ['cases'], code, today)
  }
  return indicator === 'doses' ? weekChange(cells, DOSE_METRICS, code, today) : null
}
