import { isAreaCode } from '../../../../hub/contract/vocabulary/areas.ts'
import type { Answer } from '../../api/http.ts'

type LateAnswer = Answer<'GET /api/late'>
export type LateFacility = LateAnswer['facilities'][number]
export type LateProvince = LateAnswer['provinces'][number]

/** The area of the address, or the first of one's own; the nation for who has them all. */
export function lateAreaOf(asked: string | undefined, own: readonly string[]): string {
  if (asked !== undefined && isAreaCode(asked)) return asked
  return own[0] ?? 'TH'
}
