import { INDICATORS, type IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Value } from '../../../hub/contract/indicators/indicator.ts'
import type { Asked, Subject } from './subject.tsx'

/** An indicator of a subject as its tile asks for it; `undefined` where the tile does not say which of many. */
export function readShown(subject: Subject, id: IndicatorId, asked: Asked | undefined, now: number): Value | undefined {
  const { by, required } = INDICATORS[id]
  return required && by && asked?.[by] === undefined ? undefined : subject.read(id, { now, ...asked })
}

/** ms since 1970 of the oldest report of some indicators; `null` when there is none, or it is not known. */
export function oldestOf(
  subject: Subject,
  of: readonly IndicatorId[],
  asked: Asked | undefined,
  now: number,
): number | null {
  const known = of.flatMap((id) => readShown(subject, id, asked, now)?.oldest ?? [])
  return known.length === 0 ? null : Math.min(...known)
}
