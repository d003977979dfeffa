import type { RecordRefusal, WaitReason } from './queue.ts'
import { judgeFailure, type Moment } from './retry.ts'

/** The routes of reports that a phone keeps while there is no network. */
export type ReportRoute =
  | 'POST /api/facilities/{id}/beds'
  | 'POST /api/facilities/{id}/stock'
  | 'POST /api/facilities/{id}/vaccinations'
  | 'POST /api/tests'

export type ReportState =
  | { readonly kind: 'waiting'; readonly tries: number; readonly notBefore: number; readonly why: WaitReason }
  /** `details`: what the hub asks, where it asks and does not refuse */
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal; readonly details: unknown }

/** One report on this phone: counts of a facility, nothing of a person, so it is not sealed. */
export type QueuedReport = {
  /** the idempotency key it was first tried with: a lost answer makes no second report */
  readonly key: string
  /** who reported it; nobody else sees or sends it */
  readonly account: string
  readonly route: ReportRoute
  /** the facility of the page it was made on */
  readonly facility: string
  readonly body: Readonly<Record<string, unknown>>
  /** what the list calls it */
  readonly title: string
  /** ms since 1970 */
  readonly madeAt: number
  readonly state: ReportState
}

/** Reports one phone keeps of an account; at the limit the form says so. */
export const REPORTS_MAX = 100

export const waitingNow = (now: number): ReportState => ({
  kind: 'waiting',
  tries: 1,
  notBefore: now,
  why: 'unreachable',
})

/** What to send now, oldest first: a report must not overtake an earlier one of the same facility. */
export function dueReports(reports: readonly QueuedReport[], now: number): readonly QueuedReport[] {
  return reports
    .filter(({ state }) => state.kind === 'waiting' && state.notBefore <= now)
    .toSorted((a, b) => a.madeAt - b.madeAt)
}

/** ms until the next is due; `undefined` when none waits */
export function nextReportIn(reports: readonly QueuedReport[], now: number): number | undefined {
  const times = reports.flatMap(({ state }) => (state.kind === 'waiting' ? [state.notBefore] : []))
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - now)
}

/** What a failure means for a report; `isOver`: none of the others is tried now. */
export function afterFailure(
  report: QueuedReport,
  error: unknown,
  details: unknown,
  moment: Moment,
): { readonly report: QueuedReport; readonly isOver: boolean } {
  const tries = report.state.kind === 'waiting' ? report.state.tries : 0
  const failure = judgeFailure(error, moment)
  if (failure.kind === 'refused') {
    return { report: { ...report, state: { kind: 'refused', refusal: failure.refusal, details } }, isOver: false }
  }
  if (failure.kind === 'signed_out') return { report: signedOut(report, moment.now), isOver: true }
  const event = failure.event(tries)
  const { notBefore, why } = event.type === 'unreached' ? event : { notBefore: moment.now, why: 'unreachable' as const }
  return { report: { ...report, state: { kind: 'waiting', tries: tries + 1, notBefore, why } }, isOver: true }
}

const SIGNED_OUT_LOOK_MS = 60_000

/** It waits for its account to sign in. */
export function signedOut(report: QueuedReport, now: number): QueuedReport {
  return { ...report, state: { kind: 'waiting', tries: 0, notBefore: now + SIGNED_OUT_LOOK_MS, why: 'signed_out' } }
}
