import type { CaseFacts } from '../../../db/queries/cases.ts'

/** Where a case lies, as finely as it is known: an account of a sub-district sees the cases of its own. */
export function areaOf({ place, district }: Pick<CaseFacts, 'district'> & Partial<Pick<CaseFacts, 'place'>>): string {
  return place ?? district
}
