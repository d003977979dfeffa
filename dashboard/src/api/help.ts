import type { NeedKind } from '../../../hub/contract/vocabulary/needs.ts'
import type { Risk608, Symptom } from '../../../hub/contract/vocabulary/people.ts'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import type { Language } from '../i18n/languages.ts'
import { requestJson } from './http.ts'
import type { PersonBody, PlaceBody } from './record.ts'

export type HelpBody = PersonBody & {
  readonly language: Language
  readonly consent: { readonly given: true; readonly version: string }
  readonly needs: readonly NeedKind[]
  readonly symptoms: readonly Symptom[]
  readonly risks: readonly Risk608[]
  readonly spo2?: number
  readonly place: PlaceBody
  readonly address?: string
  readonly note?: string
}

/** `code`: the tracking code; `null` when the very same was asked from this phone before: then it goes there. */
export type HelpAnswer = {
  readonly code: string | null
  readonly severity: Severity
  readonly duplicate: boolean
  /** a one-time code is on its way to the phone */
  readonly phoneCheck: boolean
  readonly message: string | null
}

export type NeedStatus = {
  readonly kind: NeedKind
  readonly status: string
  /** organisation and call-sign */
  readonly holder: string | null
  /** ms since 1970 */
  readonly since: number
}

/** A bed that a facility holds for them, or where they have arrived; without a name it lies in another area. */
export type BedFound = {
  readonly nameTh: string | null
  readonly nameEn: string | null
  readonly foundAt: number
  readonly onTheWayAt: number | null
  readonly arrivedAt: number | null
}

/** Times: ms since 1970. */
export type HelpStatus = {
  /** `cancelling`: taken back while help was on its way; people decide */
  readonly state: 'received' | 'being_handled' | 'ended' | 'cancelled' | 'cancelling'
  readonly language: Language
  readonly severity: Severity
  readonly stage: string
  readonly carePlace: string
  /** area code */
  readonly place: string
  readonly needs: readonly NeedStatus[]
  readonly bed: BedFound | null
  readonly askedAt: number
  /** when somebody first took one of the needs */
  readonly takenAt: number | null
  /** when a need was first met */
  readonly helpedAt: number | null
  readonly contactedAt: number | null
  readonly changedAt: number
  /** `unchecked`: the hub sends no text messages */
  readonly phone: 'none' | 'unverified' | 'verified' | 'unchecked'
}

export type Consent = { readonly version: string; readonly text: string }

export function fetchConsent(language: Language): Promise<Consent> {
  return requestJson<Consent>(`/api/help/consent?language=${language}`)
}

/** @throws ApiError; with the same key, sent any number of times, it is one request. */
export function askForHelp(key: string, body: HelpBody, signal: AbortSignal): Promise<HelpAnswer> {
  return requestJson<HelpAnswer>('/api/help', { method: 'POST', body, headers: { 'idempotency-key': key }, signal })
}

const at = (code: string, what = '') => `/api/help/${encodeURIComponent(code)}${what}`

export function fetchStatus(code: string, language: Language, signal?: AbortSignal): Promise<HelpStatus> {
  return requestJson<HelpStatus>(`${at(code)}?language=${language}`, signal ? { signal } : {})
}

export function verifyPhone(code: string, language: Language, digits: string): Promise<HelpStatus> {
  return requestJson<HelpStatus>(`${at(code, '/verify')}?language=${language}`, {
    method: 'POST',
    body: { code: digits },
  })
}

export function resendDigits(code: string, language: Language): Promise<HelpStatus> {
  return requestJson<HelpStatus>(`${at(code, '/resend')}?language=${language}`, { method: 'POST' })
}

export function cancelRequest(code: string, language: Language, key: string): Promise<HelpStatus> {
  const headers = { 'idempotency-key': key }
  return requestJson<HelpStatus>(`${at(code, '/cancel')}?language=${language}`, { method: 'POST', headers })
}

/** At least one of them. */
export type MoreBody = {
  readonly needs?: readonly NeedKind[]
  readonly symptoms?: readonly Symptom[]
  readonly risks?: readonly Risk608[]
  readonly spo2?: number
  readonly note?: string
}

export function addToRequest(code: string, language: Language, key: string, body: MoreBody): Promise<HelpStatus> {
  return requestJson<HelpStatus>(`${at(code, '/more')}?language=${language}`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body,
  })
}
