import { ApiError } from '../../contract/refusals/api-error.ts'
import { doubtIn } from '../../contract/refusals/fields.ts'
import { wrongField } from '../../contract/refusals/wrong-fields.ts'
import { monthsOld } from '../../contract/vocabulary/people.ts'
import { holdsPersonalNumber } from '../../contract/vocabulary/personal-numbers.ts'
import type { Doubt } from '../../contract/vocabulary/plausible.ts'
import { bangkokDay } from './days.ts'

export function notFound(what: string, id: number | string): ApiError {
  return new ApiError('not_found', undefined, { values: { what, id } })
}

/** @throws ApiError 422 when a text that many read names a phone or an ID */
export function demandImpersonal(...texts: readonly (string | undefined)[]): void {
  if (texts.some((text) => text !== undefined && holdsPersonalNumber(text))) throw new ApiError('personal_number')
}

/** The same numbers for the same day and place are more often sent twice than true twice. @param at when they were reported */
export function demandNew(at: Date | undefined, input: { readonly acceptSame: boolean }): void {
  if (at !== undefined && !input.acceptSame) throw new ApiError('same_reported', { since: at.getTime() })
}

/** Numbers that are possible and hardly true are kept only when whoever reports them says that they are right. */
export function demandPlausible(doubts: readonly Doubt[], input: { readonly acceptImplausible: boolean }): void {
  if (doubts.length === 0 || input.acceptImplausible) return
  throw new ApiError(
    'implausible',
    doubts.map((doubt) => ({ ...doubt, message: doubtIn('en', doubt) })),
  )
}

export type Birth = { readonly birthYear?: number | undefined; readonly birthMonth?: number | undefined }

/** A birth that is still to come, by the calendar of who asks, or a month without its year. */
export function checkBirth({ birthYear, birthMonth }: Birth, now: number): void {
  const today = bangkokDay(now)
  if (birthYear === undefined) {
    if (birthMonth === undefined) return
    throw wrongField('birthYear', 'required')
  }
  if (birthYear > Number(today.slice(0, 4))) throw wrongField('birthYear', 'birth_year_future')
  if (birthMonth !== undefined && monthsOld(birthYear, birthMonth, today) < 0)
    throw wrongField('birthMonth', 'birth_month_future')
}
