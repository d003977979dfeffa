import type { CarePlace, Severity } from '../../contract/vocabulary/severity.ts'
import { type Refused, refuse } from '../command/refusal.ts'

type Suits = 'suits' | 'unsuitable' | 'override'

const anywhere = { unknown: 'suits', waiting: 'suits', discharged: 'suits', hospital: 'suits' } as const

/**
 * docs/DOMAIN.md, "Triage": green → HI/CI; yellow → field hospital, hospitel, CI until moved; red → hospital. `unsuitable`
 * is allowed and noted: in November 2021 there was often nothing better. `override` needs a name.
 */
export const SUITS: Readonly<Record<Severity, Readonly<Record<CarePlace, Suits>>>> = {
  unknown: { ...anywhere, hi: 'suits', ci: 'suits', field: 'suits', hospitel: 'suits' },
  green: { ...anywhere, hi: 'suits', ci: 'suits', field: 'suits', hospitel: 'suits' },
  yellow: { ...anywhere, hi: 'unsuitable', ci: 'suits', field: 'suits', hospitel: 'suits' },
  red: { ...anywhere, hi: 'override', ci: 'unsuitable', field: 'unsuitable', hospitel: 'unsuitable' },
}

/** Places whose beds are reported by level: who goes there takes one that is available. */
export const NEEDS_BED: Readonly<Record<CarePlace, boolean>> = {
  unknown: false,
  waiting: false,
  hi: false,
  ci: false,
  field: true,
  hospitel: true,
  hospital: true,
  discharged: false,
}

/** From → to. Staying is allowed in care: a patient moves from one hospital to another. Nobody goes back to `unknown`. */
export const PLACE_NEXT: Readonly<Record<CarePlace, readonly CarePlace[]>> = {
  unknown: ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital'],
  waiting: ['hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'],
  hi: ['waiting', 'ci', 'field', 'hospitel', 'hospital', 'discharged'],
  ci: ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'],
  field: ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'],
  hospitel: ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'],
  hospital: ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'],
  discharged: ['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital'],
}

export type Placement = {
  readonly carePlace: CarePlace
  readonly override: string | null
  /** noted in the history: the place does not suit the severity */
  readonly unsuitable: boolean
}

/**
 * @param override who takes the responsibility, by name of office and call-sign
 * @param bed whether a facility and a level were given; whether one is available there is for the database to say
 */
export function decidePlace(
  current: { readonly severity: Severity; readonly carePlace: CarePlace },
  to: CarePlace,
  override: string | null,
  bed: boolean,
): ({ readonly ok: true } & Placement) | Refused {
  if (!PLACE_NEXT[current.carePlace].includes(to)) {
    return refuse('not_possible', { carePlace: current.carePlace, to })
  }
  const suits = SUITS[current.severity][to]
  if (suits === 'override' && override === null) {
    return refuse('override_needed', { severity: current.severity, carePlace: to })
  }
  if (NEEDS_BED[to] && !bed) return refuse('bed_needed', { carePlace: to })
  return { ok: true, carePlace: to, override: suits === 'override' ? override : null, unsuitable: suits !== 'suits' }
}
