import { SEVERITIES, type Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { urgencyClass } from '../../../hub/contract/vocabulary/urgency.ts'
import type { BoardCase } from './board.ts'

/** The cases of a district or sub-district, as far as a map shows them: how many, and how bad. */
export type AreaCount = {
  readonly code: string
  readonly total: number
  readonly bySeverity: Readonly<Record<Severity, number>>
  readonly worst: Severity
}

export type AreaCounts = {
  /** the worst first, then the most */
  readonly areas: readonly AreaCount[]
  /** cases whose place is not known as exactly as that */
  readonly unplaced: number
}

const severityClass = (severity: Severity) => urgencyClass({ severity, risk608: false })

/** @param within a province (its districts are counted) or a district (its sub-districts are) */
export function countAreas(cases: readonly BoardCase[], within: string): AreaCounts {
  const digits = within.length + 2
  const counts = new Map<string, Record<Severity, number>>()
  let unplaced = 0
  for (const { place, severity } of cases) {
    if (!place.startsWith(within)) continue
    const code = place.slice(0, digits)
    if (code.length < digits || code.endsWith('00')) {
      unplaced++
      continue
    }
    let count = counts.get(code)
    if (!count) {
      count = { unknown: 0, green: 0, yellow: 0, red: 0 }
      counts.set(code, count)
    }
    count[severity]++
  }
  const order = SEVERITIES.toSorted((a, b) => severityClass(a) - severityClass(b))
  const areas = [...counts].map(
    ([code, bySeverity]): AreaCount => ({
      code,
      bySeverity,
      total: order.reduce((sum, severity) => sum + bySeverity[severity], 0),
      worst: order.find((severity) => bySeverity[severity] > 0) ?? 'green',
    }),
  )
  areas.sort(
    (a, b) =>
      severityClass(a.worst) - severityClass(b.worst) ||
      b.bySeverity[b.worst] - a.bySeverity[a.worst] ||
      b.total - a.total ||
      a.code.localeCompare(b.code),
  )
  return { areas, unplaced }
}

/** Most deltas change who has a need, not how many cases there are: the map then stands as it is. */
export function sameCounts(a: AreaCounts, b: AreaCounts): boolean {
  return (
    a.unplaced === b.unplaced &&
    a.areas.length === b.areas.length &&
    a.areas.every((area, i) => {
      const other = b.areas[i]
      return (
        other?.code === area.code &&
        SEVERITIES.every((severity) => area.bySeverity[severity] === other.bySeverity[severity])
      )
    })
  )
}
