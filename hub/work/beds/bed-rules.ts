import type { BedState } from '../../contract/vocabulary/beds.ts'

/** Where one staffed bed is; `staffed` is the sum of these. */
export type BedUnit = Exclude<BedState, 'staffed'>
export type BedCounts = Readonly<Record<BedState, number>>

export const BED_EVENTS = [
  'hold',
  'unhold',
  'admit',
  'admit_direct',
  'discharge',
  'cleaned',
  'block',
  'unblock',
] as const
export type BedEvent = (typeof BED_EVENTS)[number]

/** Each event moves one bed: available → held → occupied → cleaning → available, or blocked. */
export const BED_MOVE: Readonly<Record<BedEvent, { readonly from: BedUnit; readonly to: BedUnit }>> = {
  hold: { from: 'available', to: 'held' },
  unhold: { from: 'held', to: 'available' },
  admit: { from: 'held', to: 'occupied' },
  admit_direct: { from: 'available', to: 'occupied' },
  discharge: { from: 'occupied', to: 'cleaning' },
  cleaned: { from: 'cleaning', to: 'available' },
  block: { from: 'available', to: 'blocked' },
  unblock: { from: 'blocked', to: 'available' },
}

export const BED_UNITS: readonly BedUnit[] = ['available', 'held', 'occupied', 'cleaning', 'blocked']

/** @returns the counts after the move, or `undefined` when no bed is where it would have to be. */
export function moveBed(counts: BedCounts, event: BedEvent): BedCounts | undefined {
  const { from, to } = BED_MOVE[event]
  if (counts[from] < 1) return undefined
  return { ...counts, [from]: counts[from] - 1, [to]: counts[to] + 1 }
}

/** The sum rule: every staffed bed is in exactly one state. @returns how many too many (+) or too few (−) were reported. */
export function bedSumError(counts: BedCounts): number {
  return BED_UNITS.reduce((sum, unit) => sum + counts[unit], 0) - counts.staffed
}
