import type { BedLevel, BedState } from '../../../../hub/contract/vocabulary/beds.ts'
import type { DoseNumber } from '../../../../hub/contract/vocabulary/doses.ts'
import { requestJson } from '../../api/http.ts'
import type { Accepted } from './question.ts'

export type LevelCount = { readonly level: BedLevel } & Readonly<Record<BedState, number>>
export type DoseRow = { readonly dose: DoseNumber; readonly group: string; readonly doses: number }

export type Sent<R> = R & Accepted

export type BedReport = { readonly sourceAt: string; readonly levels: readonly LevelCount[] }
export type DoseReport = { readonly day: string; readonly correction: boolean; readonly rows: readonly DoseRow[] }
export type TestReport = {
  readonly area: string
  readonly kind: 'pcr' | 'atk'
  readonly day: string
  readonly correction: boolean
  readonly tested: number
  readonly positive: number
}
export type Reported = { readonly day: string; readonly late: boolean }

/** @param key new for each report, the same when it is sent again */
function send<T>(path: string, body: unknown, key: string): Promise<T> {
  return requestJson<T>(path, { method: 'POST', body, headers: { 'idempotency-key': key } })
}

/** @throws ApiError 409 `older_report`, details `{level, standing}[]` with ms since 1970 */
export function sendBeds(facility: string, report: Sent<BedReport>, key: string): Promise<unknown> {
  return send(`/api/facilities/${facility}/beds`, report, key)
}

export function sendDoses(facility: string, report: Sent<DoseReport>, key: string): Promise<Reported> {
  return send(`/api/facilities/${facility}/vaccinations`, report, key)
}

export function sendTests(report: Sent<TestReport>, key: string): Promise<Reported> {
  return send('/api/tests', report, key)
}
