import type { CarePlace, NeedKind, Severity } from '../../../../hub/wire/metrics.ts'
import { requestJson } from '../../api/http.ts'

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
  readonly needs: readonly { readonly kind: NeedKind; readonly status: string }[]
}

export type ListFilter = {
  readonly area: string
  readonly metric: string
  readonly day: string
  readonly severity: string
  readonly carePlace: string
}

export type CasesPage = { readonly cases: readonly ListedCase[]; readonly cursor: string | null }

/** @throws ApiError */
export function fetchCases(filter: ListFilter, cursor: string, limit: number): Promise<CasesPage> {
  const given = Object.entries({ ...filter, cursor }).filter(([, value]) => value !== '')
  const query = new URLSearchParams([...given, ['limit', String(limit)]])
  return requestJson<CasesPage>(`/api/cases?${query}`)
}

const COLUMNS = [
  'id',
  'district',
  'reportDay',
  'classification',
  'severity',
  'risk608',
  'stage',
  'carePlace',
  'bedLevel',
  'outcome',
  'outcomeDay',
] as const

/** RFC 4180 with codes, not words; the byte order mark tells spreadsheets that it is UTF-8. */
export function casesCsv(cases: readonly ListedCase[]): string {
  const lines = cases.map((row) =>
    [...COLUMNS.map((column) => String(row[column] ?? '')), row.needs.map(({ kind }) => kind).join(' ')].join(','),
  )
  return `\ufeff${[[...COLUMNS, 'needs'].join(','), ...lines].join('\r\n')}\r\n`
}
