import type { CaseFacts } from '../../../db/queries/cases.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { addDays } from '../../contract/vocabulary/days.ts'
import { DEATH_FOUND_LATE_DAYS, ENDINGS, type Outcome } from '../../contract/vocabulary/outcomes.ts'
import { type Refused, refuse } from '../command/refusal.ts'

/** From → to. `unknown` is what imports say. A death is taken back only as the correction of an error: to `none`. */
export const OUTCOME_NEXT: Readonly<Record<Outcome, readonly Outcome[]>> = {
  none: ENDINGS,
  unknown: ['none', ...ENDINGS],
  recovered: ['none', 'died'],
  died: ['none'],
  lost: ['none', 'recovered', 'died', 'transferred_out'],
  transferred_out: ['none', 'recovered', 'died'],
}

/** PostgreSQL's word for "no day": the outcome has not come, or has none by its nature. */
export const NO_DAY = 'infinity'

/** The first day an outcome may have: nobody recovers before they were reported, but deaths are found late. */
export function earliestDay(outcome: Outcome, reportDay: string): string {
  return outcome === 'died' ? addDays(reportDay, -DEATH_FOUND_LATE_DAYS) : reportDay
}

/**
 * @param day the Bangkok day of the outcome, `YYYY-MM-DD`; for recovered and died
 * @param today the operation's day
 */
export function decideOutcome(
  current: Outcome,
  to: Outcome,
  day: string | undefined,
  reportDay: string,
  today: string,
): { readonly ok: true; readonly outcome: Outcome; readonly outcomeDay: string } | Refused {
  if (!OUTCOME_NEXT[current].includes(to)) return refuse('not_possible', { outcome: current, to })
  if (to !== 'recovered' && to !== 'died') return { ok: true, outcome: to, outcomeDay: NO_DAY }
  const outcomeDay = day ?? today
  const notBefore = earliestDay(to, reportDay)
  if (outcomeDay > today || outcomeDay < notBefore) {
    return refuse('outcome_day', { outcomeDay, notBefore, notAfter: today })
  }
  return { ok: true, outcome: to, outcomeDay }
}

/** Whoever has recovered, died or gone waits for no place of care: the outcome is corrected first. @throws ApiError 409 */
export function demandNoOutcome({ outcome }: Pick<CaseFacts, 'outcome'>): void {
  if (outcome === 'none') return
  throw new ApiError('not_possible', { outcome, because: 'correct the outcome first' })
}
