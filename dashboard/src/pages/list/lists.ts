import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import type { TargetGroup } from '../../../../hub/contract/vocabulary/doses.ts'
import type { FacilityKind } from '../../../../hub/contract/vocabulary/facilities.ts'
import type { NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import type { CarePlace, Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import { requestJson } from '../../api/http.ts'
import type { Page } from '../../desk/createPages.ts'
import type { ListFilter } from './filter.ts'

/** A case as a list shows it; no personal data is in it. */
export type ListedCase = {
  readonly id: number
  readonly district: string
  readonly reportDay: string
  readonly classification: string
  readonly severity: Severity
  readonly risk608: boolean
  readonly stage: string
  readonly carePlace: CarePlace
  readonly bedLevel: string | null
  readonly outcome: string
  readonly outcomeDay: string | null
  readonly reportedAt: number
  readonly needs: readonly { readonly kind: NeedKind; readonly status: string; readonly holder: string | null }[]
}

/** What a site or district reported of a day. `kind`: report | late | correction; of tests: pcr | atk. Times in ms since 1970. */
export type ListedReport = {
  readonly id: number
  readonly district: string
  readonly facility: { readonly id: number; readonly nameTh: string; readonly nameEn: string } | null
  readonly day: string
  readonly kind: 'report' | 'late' | 'correction' | 'pcr' | 'atk'
  readonly dose: number | null
  readonly group: TargetGroup | null
  readonly amount: number
  readonly positive: number | null
  readonly recordedAt: number
}

export type ListedFacility = {
  readonly id: number
  readonly code: string
  readonly kind: FacilityKind
  readonly district: string
  readonly nameTh: string
  readonly nameEn: string
  readonly reportedAt: number | null
  readonly amount: number
  readonly beds: readonly {
    readonly level: BedLevel
    readonly staffed: number
    readonly available: number
    readonly occupied: number
  }[]
}

/** One page of a list. @throws ApiError */
export type FetchPage<T> = (filter: ListFilter, after: string, limit: number) => Promise<Page<T>>

function query(values: Readonly<Record<string, string>>, limit: number): string {
  const given = Object.entries(values).filter(([, value]) => value !== '')
  return new URLSearchParams([...given, ['limit', String(limit)]]).toString()
}

export const fetchCases: FetchPage<ListedCase> = async (filter, cursor, limit) => {
  type Answer = { readonly cases: readonly ListedCase[]; readonly cursor: string | null; readonly total: number | null }
  const answer = await requestJson<Answer>(`/api/cases?${query({ ...filter, cursor }, limit)}`)
  return { items: answer.cases, next: answer.cursor, total: answer.total }
}

export const fetchReports: FetchPage<ListedReport> = async ({ area, metric, day, days }, before, limit) => {
  type Answer = {
    readonly reports: readonly ListedReport[]
    readonly cursor: number | null
    readonly total: number | null
  }
  const answer = await requestJson<Answer>(`/api/reports?${query({ area, metric, day, days, before }, limit)}`)
  return { items: answer.reports, next: answer.cursor === null ? null : String(answer.cursor), total: answer.total }
}

export const fetchFacilities: FetchPage<ListedFacility> = async ({ area, metric, day, days }, cursor, limit) => {
  type Answer = {
    readonly facilities: readonly ListedFacility[]
    readonly cursor: string | null
    readonly total: number | null
  }
  const asked = metric === 'doses.points' ? { kind: 'vaccination', metric: 'doses' } : { metric }
  const answer = await requestJson<Answer>(`/api/facilities?${query({ area, ...asked, day, days, cursor }, limit)}`)
  return { items: answer.facilities, next: answer.cursor, total: answer.total }
}
