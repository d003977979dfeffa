import type { Severity } from '../../contract/vocabulary/severity.ts'
import type { Patient, Placement } from './match.ts'

/** [B] A transfer on the roads of the country. */
const KM_PER_HOUR = 40
/** [B] Whoever is not placed waits at least until beds are free again: most patients leave once a day, after the round. */
const NEXT_ROUND_HOURS = 24

export type Hours = Readonly<Record<Severity, number>>

/** Hours until everybody has a bed, by severity: the way for who is placed, the next round for who is not. */
export function hoursToBed(patients: readonly Patient[], placements: readonly Placement[]): Hours {
  const placed = new Map(placements.map(({ patient, km }) => [patient, km / KM_PER_HOUR]))
  const hours = { unknown: 0, green: 0, yellow: 0, red: 0 }
  for (const { id, severity } of patients) hours[severity] += placed.get(id) ?? NEXT_ROUND_HOURS
  return hours
}

/** Hours of waiting that the one saves against the other, by severity; negative where it costs. */
export function hoursSaved(
  patients: readonly Patient[],
  placements: readonly Placement[],
  against: readonly Placement[],
): Hours {
  const [mine, theirs] = [hoursToBed(patients, placements), hoursToBed(patients, against)]
  const saved = (severity: Severity) => theirs[severity] - mine[severity]
  return { unknown: saved('unknown'), green: saved('green'), yellow: saved('yellow'), red: saved('red') }
}
