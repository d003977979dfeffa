import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import { BED_KINDS } from '../../contract/vocabulary/facilities.ts'
import type { NeedKind } from '../../contract/vocabulary/needs.ts'
import type { CarePlace } from '../../contract/vocabulary/severity.ts'

type Meets = { readonly places: readonly CarePlace[]; readonly levels?: readonly BedLevel[] }

/**
 * Which needs end when the person has come to a place of care: what they asked for is there. `levels`: only in a bed of
 * one of these. A test may still be wanted in hospital, and a funeral is of no place.
 */
export const MET_BY: Readonly<Record<NeedKind, Meets>> = {
  bed: { places: ['hi', ...BED_KINDS] },
  oxygen: { places: BED_KINDS, levels: ['2.1', '2.2', '3'] },
  medicine: { places: BED_KINDS },
  food: { places: BED_KINDS },
  transport: { places: BED_KINDS },
  test: { places: [] },
  funeral: { places: [] },
}

/** @param level of the bed they have there, if any */
export function isMetBy(kind: NeedKind, place: CarePlace, level: BedLevel | null): boolean {
  const { places, levels } = MET_BY[kind]
  return places.includes(place) && (levels === undefined || (level !== null && levels.includes(level)))
}
