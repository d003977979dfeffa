import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { sentenceOf } from '../pageKit/problem.ts'
import { workWords } from './words.ts'

const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400

/** @returns a span of time in the two units a person would say; ms in */
export function useSpan(): (ms: number) => string {
  const t = useWords(workWords)
  return (ms) => {
    const seconds = Math.max(0, Math.floor(ms / 1_000))
    if (seconds < MINUTE_S) return t('unit.s', String(seconds))
    if (seconds < HOUR_S) return t('unit.min', String(Math.floor(seconds / MINUTE_S)))
    if (seconds < DAY_S)
      return t('unit.h', String(Math.floor(seconds / HOUR_S)), String(Math.floor((seconds % HOUR_S) / MINUTE_S)))
    return t('unit.d', String(Math.floor(seconds / DAY_S)), String(Math.floor((seconds % DAY_S) / HOUR_S)))
  }
}

/** `4:05` until something ends. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  const minutes = Math.floor(seconds / MINUTE_S)
  const rest = String(seconds % MINUTE_S).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

/** @returns a refusal of the hub as a sentence in the language of the page */
export function useErrorText(): (error: unknown) => string {
  const common = useWords(commonWords)
  return (error) => sentenceOf(error, common)
}
