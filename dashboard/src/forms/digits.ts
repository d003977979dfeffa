import { asciiDigits } from '../../../hub/contract/vocabulary/text.ts'

/** A whole number from `min` to `max` in any of our scripts, or `undefined`. */
export function readWhole(text: string, min: number, max: number): number | undefined {
  const digits = asciiDigits(text).trim()
  if (!/^\d+$/.test(digits)) return undefined
  const number = Number(digits)
  return number >= min && number <= max ? number : undefined
}
