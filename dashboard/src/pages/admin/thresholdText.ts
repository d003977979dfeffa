import type { Unit } from '../../../../hub/contract/indicators/indicator.ts'

/** Shares are written in per cent. */
const factorOf = (unit: Unit): number => (unit === 'share' || unit === 'change' ? 100 : 1)
/** So that 0.07 × 100 is 7. */
const DIGITS_MAX = 9

/** A bound as it stands in a field: `''` is none. */
export function boundText(unit: Unit, bound: number | null): string {
  return bound === null ? '' : String(Number((bound * factorOf(unit)).toPrecision(DIGITS_MAX)))
}

/** @returns the bound in the indicator's unit, `null` for none, `undefined` when the text is no number */
export function readBound(unit: Unit, text: string): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const value = Number(typed)
  return Number.isFinite(value) ? Number((value / factorOf(unit)).toPrecision(DIGITS_MAX)) : undefined
}
