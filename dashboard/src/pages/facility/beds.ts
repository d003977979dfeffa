import { BED_LEVELS, BED_STATES, type BedLevel, type BedState } from '../../../../hub/contract/vocabulary/beds.ts'
import { readWhole } from '../../forms/digits.ts'
import type { LevelCount } from './report.ts'

export const PARTS = BED_STATES.filter((state) => state !== 'staffed')

/** What is typed, level by level: digits, or nothing yet. */
export type LevelDraft = Readonly<Record<BedState, string>>
export type LevelCheck =
  | { readonly kind: 'empty' }
  | { readonly kind: 'incomplete'; readonly sum: number }
  | { readonly kind: 'wrong_number'; readonly state: BedState }
  /** `over`: beds that the states have more than are staffed; below zero: fewer */
  | { readonly kind: 'wrong_sum'; readonly sum: number; readonly over: number }
  | { readonly kind: 'fits'; readonly count: LevelCount }

export const EMPTY_LEVEL = Object.fromEntries(BED_STATES.map((state) => [state, ''])) as LevelDraft
export const BEDS_MAX = 1_000_000

export function isBedLevel(text: string): text is BedLevel {
  return (BED_LEVELS as readonly string[]).includes(text)
}

/** A count in the digits of any of our scripts. @returns `undefined` for anything else */
export function readCount(text: string): number | undefined {
  return readWhole(text, 0, BEDS_MAX)
}

/** The rule of docs/DOMAIN.md: every staffed bed is in exactly one of the five states. Held, cleaning, blocked may be left out. */
export function checkLevel(level: BedLevel, draft: LevelDraft): LevelCheck {
  if (BED_STATES.every((state) => draft[state].trim() === '')) return { kind: 'empty' }
  const counts = {} as Record<BedState, number>
  for (const state of BED_STATES) {
    const count = draft[state].trim() === '' ? 0 : readCount(draft[state])
    if (count === undefined) return { kind: 'wrong_number', state }
    counts[state] = count
  }
  const sum = PARTS.reduce((total, state) => total + counts[state], 0)
  const needed = ['staffed', 'available', 'occupied'] as const
  if (needed.some((state) => draft[state].trim() === '')) return { kind: 'incomplete', sum }
  if (sum !== counts.staffed) return { kind: 'wrong_sum', sum, over: sum - counts.staffed }
  return { kind: 'fits', count: { level, ...counts } }
}

/** A `datetime-local` value, meant as Bangkok time; empty is now. @returns an ISO time */
export function sourceTime(local: string, now: number): string {
  return local === '' ? new Date(now).toISOString() : new Date(`${local}+07:00`).toISOString()
}
