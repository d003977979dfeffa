import type { DoseNumber } from '../../../hub/contract/vocabulary/doses.ts'
import type { NeedKind } from '../../../hub/contract/vocabulary/needs.ts'
import type { Risk608, Symptom } from '../../../hub/contract/vocabulary/people.ts'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { requestJson } from './http.ts'

export const RECORD_KINDS = ['request', 'patient', 'vulnerable', 'test', 'dose'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

export const ID_KINDS = ['thai', 'pink', 'passport', 'border_pass', 'other', 'none'] as const
export type IdKind = (typeof ID_KINDS)[number]

/** Whom a volunteer may have vaccinated, the most likely first; who records a dose knows the group. */
export const TARGET_GROUPS = [
  'general',
  'age60',
  'disease7',
  'pregnant',
  'vhv',
  'medical',
  'frontline',
  'student12',
  'child5',
] as const
export type TargetGroup = (typeof TARGET_GROUPS)[number]

export type Point = { readonly lat: number; readonly lon: number }
/** `acceptApart`: the pin is in another province than the area, and that is really so */
export type PlaceBody = { readonly area?: string; readonly point?: Point; readonly acceptApart?: true }

/** Who it is about; anything may be unknown. */
export type PersonBody = {
  readonly name?: string
  readonly phone?: string
  readonly secondPhone?: string
  readonly id?: { readonly kind: IdKind; readonly number?: string }
  readonly birthYear?: number
  /** 1 to 12, of an infant */
  readonly birthMonth?: number
}

type About = PersonBody & {
  readonly place: PlaceBody
  readonly address?: string
  readonly note?: string
  /** ISO time: when it was recorded, or happened */
  readonly sourceAt: string
}
type Complaint = { readonly symptoms: readonly Symptom[]; readonly risks: readonly Risk608[]; readonly spo2?: number }

export type RecordBody =
  | ({ readonly kind: 'request'; readonly needs: readonly NeedKind[] } & About & Complaint)
  | ({
      readonly kind: 'patient'
      readonly needs: readonly NeedKind[]
      readonly classification: 'suspect' | 'probable' | 'confirmed'
      readonly severity?: Severity
    } & About &
      Complaint)
  | ({ readonly kind: 'vulnerable'; readonly reasons: readonly Risk608[]; readonly doses?: number } & About)
  | ({ readonly kind: 'test'; readonly test: 'atk' | 'pcr'; readonly positive: boolean } & About)
  | {
      readonly kind: 'dose'
      readonly place: PlaceBody
      readonly dose: DoseNumber
      readonly group: TargetGroup
      readonly sourceAt: string
    }

/** A case that may be the same; never a name, never a phone number. */
export type LikelyDuplicate = {
  readonly case: number
  readonly reason: 'same_id' | 'same_phone' | 'similar_name_and_place'
  /** area code */
  readonly place: string
  readonly severity: Severity
  readonly stage: string
  /** ms since 1970 */
  readonly reportedAt: number
}

export type Recorded = {
  readonly kind: string
  readonly id: number
  readonly case: number | null
  readonly severity: string | null
  /** saved all the same */
  readonly likely: readonly LikelyDuplicate[]
}

export type FieldError = { readonly path: string; readonly message: string; readonly key?: string }

export type BatchResult = {
  readonly key: string
  readonly status: number
  readonly body: Recorded | null
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown } | null
}

export type KeyedRecord = { readonly key: string; readonly record: RecordBody }

/**
 * @param account whose records these are: the hub refuses them when somebody else has signed in meanwhile
 * @throws ApiError when the request as a whole failed; each record has a result of its own otherwise.
 */
export async function sendRecords(
  account: string,
  records: readonly KeyedRecord[],
  signal: AbortSignal,
): Promise<readonly BatchResult[]> {
  const { results } = await requestJson<{ readonly results: readonly BatchResult[] }>('/api/record/batch', {
    method: 'POST',
    body: { account, records },
    signal,
  })
  return results
}

export type DuplicatesQuestion = {
  readonly name?: string
  readonly phone?: string
  readonly idNumber?: string
  readonly place: PlaceBody
}

export async function findDuplicates(
  question: DuplicatesQuestion,
  signal: AbortSignal,
): Promise<readonly LikelyDuplicate[]> {
  const { likely } = await requestJson<{ readonly likely: readonly LikelyDuplicate[] }>('/api/record/duplicates', {
    method: 'POST',
    body: question,
    signal,
  })
  return likely
}
