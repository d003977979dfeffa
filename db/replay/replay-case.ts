import type { BedUnit } from './beds.ts'
import type { CareKind, ReplaySeverity } from './rates.ts'

export type CareState =
  | { readonly kind: 'reported' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'care'; readonly place: CareKind }
  | {
      readonly kind: 'over'
      readonly outcome: 'recovered' | 'died'
      readonly day: string
      readonly place: CareKind | undefined
    }

/** A case of the replay; `id` 0 until it is written. Times in seconds since midnight of the replay's first day. */
export type ReplayCase = {
  id: number
  readonly district: string
  readonly reportDay: string
  readonly reportedAt: number
  severity: ReplaySeverity | undefined
  severityAt: number
  risk608: boolean
  state: CareState
  stateAt: number
  bed: BedUnit | undefined
}

/** Only a case that is triaged looks for care, and triage gives a severity. */
export function severityOf(one: ReplayCase): ReplaySeverity {
  return one.severity ?? 'green'
}

/** The columns of table `cases` that a state stands for. */
export type CaseColumns = {
  readonly severity: string
  readonly stage: string
  readonly carePlace: string
  readonly outcome: string
  readonly outcomeDay: string
}

export function caseColumns({ severity = undefined, state }: ReplayCase): CaseColumns {
  const open = { severity: severity ?? 'unknown', outcome: 'none', outcomeDay: 'infinity' }
  switch (state.kind) {
    case 'reported':
      return { ...open, stage: 'reported', carePlace: 'unknown' }
    case 'waiting':
      return { ...open, stage: 'waiting', carePlace: 'waiting' }
    case 'care':
      return { ...open, stage: 'in_care', carePlace: state.place }
    case 'over':
      return {
        severity: open.severity,
        stage: 'closed',
        carePlace: state.outcome === 'recovered' ? 'discharged' : (state.place ?? 'unknown'),
        outcome: state.outcome,
        outcomeDay: state.day,
      }
  }
}
