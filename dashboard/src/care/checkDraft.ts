import type { CheckValues, Feeling } from '../../../hub/contract/vocabulary/care.ts'
import { asciiDigits } from '../../../hub/contract/vocabulary/text.ts'
import { readWhole } from '../forms/digits.ts'

/** What stands in the fields of a check. */
export type CheckDraft = { readonly spo2: string; readonly temperature: string; readonly feeling: Feeling | '' }

export const EMPTY_CHECK: CheckDraft = { spo2: '', temperature: '', feeling: '' }

const SPO2_MIN = 50
const TEMPERATURE_MIN = 30
const TEMPERATURE_MAX = 45

export type CheckProblem = 'spo2' | 'temperature' | 'feeling'

/** Degrees with a point or a comma, in any of our scripts. */
function readDegrees(text: string): number | undefined {
  const typed = asciiDigits(text).trim().replace(',', '.')
  const degrees = /^\d{2}(?:\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 10) / 10 : Number.NaN
  return degrees >= TEMPERATURE_MIN && degrees <= TEMPERATURE_MAX ? degrees : undefined
}

/** @returns what is said, or what of it cannot be. */
export function readCheck({ spo2, temperature, feeling }: CheckDraft): CheckValues | readonly CheckProblem[] {
  const [oxygen, degrees] = [readWhole(spo2, SPO2_MIN, 100), readDegrees(temperature)]
  const problems: CheckProblem[] = []
  if (spo2.trim() !== '' && oxygen === undefined) problems.push('spo2')
  if (temperature.trim() !== '' && degrees === undefined) problems.push('temperature')
  if (feeling === '') return [...problems, 'feeling']
  if (problems.length > 0) return problems
  return {
    feeling,
    ...(oxygen !== undefined && { spo2: oxygen }),
    ...(degrees !== undefined && { temperature: degrees }),
  }
}

export function isProblems(read: CheckValues | readonly CheckProblem[]): read is readonly CheckProblem[] {
  return Array.isArray(read)
}
