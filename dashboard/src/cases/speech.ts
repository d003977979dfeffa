import { NEED_KINDS } from '../../../hub/contract/vocabulary/needs.ts'
import { ApiError, wrongFields } from '../api/http.ts'
import { caseWords } from '../i18n/caseWords.ts'
import { commonWords } from '../i18n/common.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
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

type Details = {
  readonly holder?: unknown
  readonly need?: unknown
  readonly since?: unknown
  readonly ended?: unknown
}

/** @returns a refusal of the hub as a sentence in the language of the page */
export function useFault(): (error: unknown) => string {
  const t = useWords(workWords)
  const common = useWords(commonWords)
  const names = useWords(caseWords)
  const needName = (code: unknown) => {
    const kind = NEED_KINDS.find((each) => each === code)
    return kind === undefined ? '–' : names(`need.${kind}`)
  }
  const { format } = useLanguage()
  const time = (value: unknown) => (typeof value === 'number' ? format().time(value) : '–')
  return (error) => {
    if (!(error instanceof ApiError)) return common('error.unknown')
    const details = (error.details ?? {}) as Details
    switch (error.code) {
      case 'unreachable':
        return common('error.offline')
      case 'already_claimed':
      case 'not_holder':
        return t(`fault.${error.code}`, String(details.holder ?? '–'), time(details.since))
      case 'held_by_others':
        return t('fault.held_by_others', String(details.holder ?? '–'), needName(details.need), time(details.since))
      case 'lease_expired':
        return t('fault.lease_expired', time(details.ended))
      case 'stale_fence':
      case 'transfer_under_way':
      case 'not_offered':
      case 'not_possible':
      case 'override_needed':
      case 'reason_needed':
      case 'bed_needed':
      case 'no_bed_available':
      case 'too_late':
      case 'not_yours':
      case 'not_found':
      case 'forbidden':
      case 'unauthenticated':
      case 'database_away':
        return t(`fault.${error.code}`)
      default:
        return [...new Set(wrongFields(error).map(({ message }) => message))].join(' ') || error.message
    }
  }
}
