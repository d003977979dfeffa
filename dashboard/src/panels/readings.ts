import { type Accessor, createMemo } from 'solid-js'
import { type Choice, type Reading, readIndicator } from './indicators.ts'
import type { RankedPart, Subject } from './subject.tsx'

/**
 * A part with its reading; `place` 1 is the highest. `floor`: without an account people of a district are seen by fives,
 * rounded down, of `days` each by itself: a number is the least it can be, and none is fewer than five.
 */
export type Ranked = Reading & { readonly part: RankedPart; readonly place: number; readonly floor?: Floor | undefined }
export type Floor = 'now' | 'days'

/** How the counts of a choice are seen without an account; `undefined` where they are as they are: beds are no people. */
export function floorOf({ indicator }: Pick<Choice, 'indicator'>): Floor | undefined {
  if (indicator === 'occupancy') return undefined
  return indicator === 'waiting' ? 'now' : 'days'
}

/** The highest first; where equal, by code; without a value last. */
export function rank(readings: readonly Omit<Ranked, 'place'>[]): readonly Ranked[] {
  return [...readings]
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.part.code < b.part.code ? -1 : 1))
    .map((reading, i) => ({ ...reading, place: i + 1 }))
}

/** Without an account, nothing of a district means fewer than five people: not known, and not 0. Beds are no people. */
export function orNotShown(choice: Pick<Choice, 'indicator'>, reading: Reading): Omit<Ranked, 'part' | 'place'> {
  const floor = floorOf(choice)
  if (floor === undefined) return reading
  return reading.count ? { ...reading, floor } : { value: null, count: null, floor }
}

/** All parts, its own unless said, under the present choice, ranked: read once per flush for map, legend and ranking together. */
export function createRanked(
  subject: Subject,
  choice: Accessor<Choice>,
  today: Accessor<string | undefined>,
  parts: Accessor<readonly RankedPart[]> = () => subject.parts,
): Accessor<readonly Ranked[]> {
  return createMemo(() => {
    const day = today()
    if (day === undefined) return []
    const read = (part: RankedPart) => readIndicator(subject, choice(), part, day)
    return rank(parts().map((part) => ({ part, ...(subject.rounded ? orNotShown(choice(), read(part)) : read(part)) })))
  })
}
