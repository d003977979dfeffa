import { NATION } from '../vocabulary/areas.ts'
import { addDays } from '../vocabulary/days.ts'
import { REPORT_METRICS, type ReportedFlow } from '../vocabulary/metrics.ts'
import { type Cells, series } from './cells.ts'
import { knownSeries } from './known.ts'

/** Days, both included, `YYYY-MM-DD`. */
export type Span = { readonly from: string; readonly to: string }

/** Where a curve cannot be read on as if nothing had happened. */
export type Breaks = {
  /** days within it that nobody has said */
  readonly gaps: readonly Span[]
  /** whole days that fewer provinces reported than other days */
  readonly partial: readonly Span[]
  /** days from which on it is counted otherwise: whole days by report, or cases one by one */
  readonly sources: readonly string[]
}

const NO_BREAKS: Breaks = { gaps: [], partial: [], sources: [] }

/** Breaks of a flow that provinces report, in the `days` days that end with today. */
export function breaksOf(cells: Cells, flow: ReportedFlow, area: string, today: string, days: number): Breaks {
  const values = knownSeries(cells, flow, area, today, days)
  const first = values.findIndex((value) => value !== null)
  if (first < 0) return NO_BREAKS
  const latest = values.findLastIndex((value) => value !== null)
  const dayAt = (i: number) => addDays(today, i - days + 1)
  const said = series(cells, [`reported.${flow}`], area, today, days)
  const reports = series(cells, REPORT_METRICS, area, today, days)
  const begin = reports.findIndex((count) => count > 0)
  const end = reports.findLastIndex((count) => count > 0)
  const most = Math.max(...said)
  const isPartial = (i: number) => area === NATION && i >= begin && i <= end && said[i]! > 0 && said[i]! < most
  return {
    gaps: spans(values, (i) => i > first && i < latest && values[i] === null, dayAt),
    partial: spans(values, (i) => i < days - 1 && isPartial(i), dayAt),
    sources: [...(begin > first ? [dayAt(begin)] : []), ...(begin >= 0 && end < latest ? [dayAt(end + 1)] : [])],
  }
}

/** Breaks of a flow of which nobody says that there was nothing: a whole day without any is one that is not known. */
export function gapsOf(values: readonly (number | null)[], today: string): Breaks {
  const dayAt = (i: number) => addDays(today, i - values.length + 1)
  return { ...NO_BREAKS, gaps: spans(values, (i) => values[i] === 0 && i < values.length - 1, dayAt) }
}

/** The runs of days of which something is so. */
function spans(values: readonly unknown[], isSo: (i: number) => boolean, dayAt: (i: number) => string): Span[] {
  const found: { from: string; to: string }[] = []
  values.forEach((_, i) => {
    if (!isSo(i)) return
    const last = found.at(-1)
    if (last && i > 0 && isSo(i - 1)) last.to = dayAt(i)
    else found.push({ from: dayAt(i), to: dayAt(i) })
  })
  return found
}
