import { INDICATORS, type IndicatorId } from '../../../hub/contract/indicators/index.ts'
import type { Value } from '../../../hub/contract/indicators/indicator.ts'
import type { AskedNumbers } from './clocked.ts'
import { askedOf } from './numberRows.ts'
import type { Asked, Subject } from './subject.tsx'

/** An indicator of a subject as its tile asks for it; `undefined` where the tile does not say which of many. */
export function readShown(subject: Subject, id: IndicatorId, asked: Asked | undefined, now: number): Value | undefined {
  const { by, required } = INDICATORS[id]
  return required && by && asked?.[by] === undefined ? undefined : subject.read(id, { now, ...asked })
}

/**
 * ms since 1970 of the oldest report in some numbers, each in all the ways in which it is asked; `null` where none of them is reported: it
 * is counted from records, and an age is of a record too.
 */
export function oldestReport(subject: Subject, { of, asked }: AskedNumbers, now: number): number | null {
  const known = of
    .filter((id) => INDICATORS[id].unit !== 'minutes')
    .flatMap((id) => askedOf(id).flatMap((each) => readShown(subject, id, { ...each, ...asked }, now)?.oldest ?? []))
  return known.length === 0 ? null : Math.min(...known)
}
