import type { BedLevel } from '../../../hub/contract/vocabulary/beds.ts'
import type { Freed, NeedKind } from '../../../hub/contract/vocabulary/needs.ts'
import type { Risk608, Symptom } from '../../../hub/contract/vocabulary/people.ts'
import type { CarePlace, Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { ApiError, requestJson } from './http.ts'
import { newKey } from './newKey.ts'

/** hub/work/cases/outcome.ts */
export type Outcome = 'none' | 'unknown' | 'recovered' | 'died' | 'lost' | 'transferred_out'

/** All times are ms since 1970. No personal data: that comes by `revealPerson` alone. */
export type Case = {
  readonly id: number
  readonly district: string
  readonly place: string
  readonly reportDay: string
  readonly classification: string
  readonly severity: Severity
  readonly risk608: boolean
  readonly stage: string
  readonly carePlace: CarePlace
  readonly facility: number | null
  readonly bedLevel: BedLevel | null
  readonly outcome: Outcome
  readonly outcomeDay: string | null
  readonly source: string
  readonly reportedAt: number
  readonly severityAt: number
  readonly contactedAt: number | null
  readonly escalatedAt: number | null
  /** when the person last added something to their request */
  readonly heardAt: number | null
  readonly override: string | null
  readonly mergedInto: number | null
  readonly closedReason: string | null
  readonly onBoard: boolean
}

export type Need = {
  readonly id: number
  readonly caseId: number
  readonly kind: NeedKind
  readonly status: 'open' | 'claimed' | 'in_progress' | 'fulfilled' | 'transferred' | 'closed'
  readonly freed: Freed | null
  readonly openedAt: number
  readonly holder: string | null
  readonly yours: boolean
  readonly claimedAt: number | null
  readonly leaseUntil: number | null
  readonly warnAt: number | null
  readonly askedBy: string | null
  /** how boards name that account */
  readonly askedKey: string | null
  readonly askedAt: number | null
  readonly offeredTo: string | null
  readonly offeredToYou: boolean
  readonly fence: number | null
  readonly closedReason: string | null
}

/** hub/work/transfers/transfer-rules.ts */
export type TransferStatus =
  | 'requested'
  | 'approved'
  | 'accepted'
  | 'rejected'
  | 'transport'
  | 'en_route'
  | 'arrived'
  | 'cancelled'
  | 'died'
export type TransferStep =
  | 'approve'
  | 'accept'
  | 'refuse'
  | 'reject'
  | 'transport'
  | 'depart'
  | 'arrive'
  | 'cancel'
  | 'died'
  | 'died-at-destination'
export type RejectReason = 'no_bed' | 'no_staff' | 'wrong_level' | 'other'

export type Transfer = {
  readonly id: number
  readonly status: TransferStatus
  readonly level: BedLevel
  readonly toFacility: number | null
  readonly bedHeld: boolean
  readonly rejectedReason: RejectReason | null
  readonly requestedBy: string
  readonly requestedKey: string | null
  readonly requestedAt: number
  readonly updatedAt: number
}

/** One of a list: with the steps open to this account, and its case where this account may read it. */
export type ListedTransfer = Transfer & {
  readonly caseId: number
  readonly district: string
  readonly steps: readonly TransferStep[]
  readonly case: { readonly severity: Severity; readonly risk608: boolean; readonly place: string } | null
}

const TRANSFERS_MAX = 200

/** Transfers under way out of an area, or with `facility` towards it from anywhere; oldest first. */
export async function fetchTransfers(area: string, facility?: string): Promise<readonly ListedTransfer[]> {
  const to = facility === undefined ? '' : `&facility=${facility}`
  const all: ListedTransfer[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: { readonly transfers: readonly ListedTransfer[]; readonly cursor: number | null } = await requestJson(
      `/api/transfers?area=${area}${to}&limit=${TRANSFERS_MAX}&after=${after}`,
    )
    all.push(...page.transfers)
    after = page.cursor
  }
  return all
}

export type Contact = {
  readonly id: number
  /** this case, or one that was merged into it */
  readonly case: number
  readonly channel: string
  readonly result: string
  readonly by: string
  readonly at: number
}

export type CaseFile = {
  readonly case: Case
  readonly needs: readonly Need[]
  /** under way */
  readonly transfer: Transfer | null
  /** how the last one ended, when none is under way */
  readonly lastTransfer: Transfer | null
  /** of the transfer, open to this account */
  readonly steps: readonly TransferStep[]
  /** what the outcome may become by this account */
  readonly outcomes: readonly Outcome[]
  readonly contacts: readonly Contact[]
  /** cases that were merged into it */
  readonly merged: readonly number[]
  readonly may: readonly string[]
  /** this account may act in the place of a holder */
  readonly supervises: boolean
}

export type CaseEvent = {
  readonly id: number
  readonly case: number
  readonly need: number | null
  readonly kind: string
  readonly by: string
  readonly yours: boolean
  readonly sourceAt: number
  readonly recordedAt: number
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** Personal data. Kept by the page that shows it, and nowhere else. */
/** What is known of the person of one case. */
export type PersonOfCase = {
  readonly id: number
  readonly name: string | null
  readonly phone: string | null
  readonly secondPhone: string | null
  readonly idKind: string | null
  readonly idNumber: string | null
  readonly nationality: string | null
  readonly language: string | null
  readonly birthYear: number | null
  /** 1 to 12, where it was told */
  readonly birthMonth: number | null
  readonly sex: string | null
  readonly lat: number | null
  readonly lon: number | null
  readonly address: string | null
  readonly notes: string | null
  readonly contactNotes: readonly { readonly at: number; readonly by: string; readonly note: string }[]
}

export type Person = PersonOfCase & { readonly merged: readonly PersonOfCase[] }

export type NeedAnswer = { readonly need: Need; readonly event: number | null }

export function fetchCase(id: number): Promise<CaseFile> {
  return requestJson<CaseFile>(`/api/cases/${id}`)
}

const EVENTS_MAX = 50

export type EventsPage = { readonly events: readonly CaseEvent[]; readonly cursor: number | null }

/** @param after the `cursor` of the page before. @returns the history, newest first; at most 50 events at a time */
export function fetchEvents(id: number, after = 0): Promise<EventsPage> {
  return requestJson<EventsPage>(`/api/cases/${id}/events?order=newest&limit=${EVENTS_MAX}&after=${after}`)
}

export async function fetchMyNeeds(): Promise<readonly Need[]> {
  const { needs } = await requestJson<{ readonly needs: readonly Need[] }>('/api/needs/mine')
  return needs
}

/** Each call is written into the audit log. */
export function revealPerson(id: number): Promise<Person> {
  return requestJson<Person>(`/api/cases/${id}/reveal`, { method: 'POST', body: {} })
}

/** What the person said of their condition; health data, kept by the page that shows it and nowhere else. */
export type Complaint = {
  /** newest first; `spo2` per cent, `age` years, `danger`: with a sign of danger among it */
  readonly said: readonly {
    readonly symptoms: readonly Symptom[]
    readonly risks: readonly Risk608[]
    readonly spo2: number | null
    readonly age: number | null
    /** of an infant, where it was told */
    readonly ageMonths: number | null
    readonly danger: boolean
    readonly by: string
    readonly at: number
  }[]
  /** triage to these now wants a reason */
  readonly reasonFor: readonly Severity[]
}

/** Cases of the own area by tracking code or phone. Each call is written into the audit log. @throws ApiError */
export async function searchCases(text: string): Promise<readonly Case[]> {
  const { cases } = await requestJson<{ readonly cases: readonly Case[] }>('/api/cases/search', {
    method: 'POST',
    body: { text },
  })
  return cases
}

/** Each call is written into the audit log. */
export function fetchComplaint(id: number): Promise<Complaint> {
  return requestJson<Complaint>(`/api/cases/${id}/complaint`, { method: 'POST', body: {} })
}

const RETRY_AFTER_MS = [400, 1_200]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Carries out a command. When no answer comes, it is sent again with the same key, so that it happens once.
 * @throws ApiError with the refusal, or `unreachable`
 */
export async function command<T>(path: string, body: unknown, key = newKey()): Promise<T> {
  const send = () => requestJson<T>(path, { method: 'POST', body, headers: { 'idempotency-key': key } })
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'unreachable') throw error
      await pause(wait)
    }
  }
  return send()
}

export function moveNeed(need: number, move: string, body: object, key?: string): Promise<NeedAnswer> {
  return command<NeedAnswer>(`/api/needs/${need}/${move}`, body, key)
}

/** A colleague to whom a need can be offered, by call-sign. */
export type Colleague = { readonly key: string; readonly label: string; readonly role: string }

/** @param text part of a call-sign, or nothing */
export function fetchColleagues(
  need: number,
  text: string,
): Promise<{ readonly colleagues: readonly Colleague[]; readonly more: boolean }> {
  const query = text === '' ? '' : `?text=${encodeURIComponent(text)}`
  return requestJson(`/api/needs/${need}/colleagues${query}`)
}

export type Likely = {
  readonly case: number
  readonly reason: 'same_id' | 'same_phone' | 'similar_name_and_place'
  readonly place: string
  readonly severity: Severity
  readonly stage: string
  readonly reportedAt: number
}

/** Cases that are likely the same, of those whose person this account may see. */
export async function fetchLikely(id: number): Promise<readonly Likely[]> {
  const { likely } = await requestJson<{ readonly likely: readonly Likely[] }>(`/api/cases/${id}/duplicates`)
  return likely
}

export function undoEvent(caseId: number, event: number): Promise<unknown> {
  return command(`/api/cases/${caseId}/undo`, { event })
}
