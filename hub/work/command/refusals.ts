import { doubtIn, type FieldError } from '../../contract/refusals/field-faults.ts'
import type { MessageKey } from '../../contract/refusals/messages.ts'
import { monthsOld } from '../../contract/vocabulary/people.ts'
import type { Doubt } from '../../contract/vocabulary/plausible.ts'
import { ApiError } from '../../http/api-error.ts'
import { bangkokDay } from './days.ts'
import type { Refusal } from './refusal.ts'

type Answer = { readonly status: 403 | 409 | 422; readonly message: (details: Refusal['details']) => string }

const time = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString() : String(value))

/** What people are told: what is wrong, and what they can do. */
const ANSWERS: Readonly<Record<Refusal['code'], Answer>> = {
  already_claimed: {
    status: 409,
    message: (d) => `${d.holder} has had this since ${time(d.since)}. Take another, or ask them to hand it over.`,
  },
  not_holder: {
    status: 403,
    message: (d) => `${d.holder} has this since ${time(d.since)}. Only they or a supervisor may change it.`,
  },
  held_by_others: {
    status: 409,
    message: (d) =>
      `${d.holder} has the need "${d.need}" of this case since ${time(d.since)}. Ask them to finish or release it; a supervisor may close the case all the same.`,
  },
  transfer_under_way: {
    status: 409,
    message: () => 'A transfer of this person is under way. Let it arrive, or call it off first.',
  },
  own_request: {
    status: 403,
    message: () =>
      'You asked for this bed: a second person approves it, from the bed coordination or the health office.',
  },
  stale_fence: {
    status: 409,
    message: (d) =>
      d.holder === undefined
        ? 'Your claim has ended; reload the case.'
        : `Your claim has ended: ${d.holder} has this since ${time(d.since)}. Reload the case.`,
  },
  lease_expired: { status: 409, message: (d) => `Your claim ran out at ${time(d.ended)}. Claim it again.` },
  not_offered: { status: 403, message: () => 'This was not offered to you, or the offer was taken back.' },
  not_possible: { status: 409, message: (d) => `This is not possible now (${describe(d)}). Reload the case.` },
  outcome_day: {
    status: 422,
    message: (d) => `The day has to be from ${d.notBefore} to ${d.notAfter}, not ${d.outcomeDay}.`,
  },
  override_needed: {
    status: 422,
    message: () => 'A red case cannot stay at home: name who takes the responsibility, in "override".',
  },
  reason_needed: {
    status: 422,
    message: () => 'The person has told of danger signs: say why this is milder than red, in "reason".',
  },
  bed_needed: { status: 422, message: () => 'Say in which facility, and on which bed level.' },
  no_bed_available: { status: 409, message: () => 'No staffed bed of this level is available there. Choose another.' },
  too_late: { status: 409, message: () => 'This can be taken back for 30 seconds only. Make a new change instead.' },
  not_yours: { status: 403, message: () => 'Somebody else did this. Make a new change instead.' },
}

function describe(details: Refusal['details']): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}

export function apiErrorOf({ code, details }: Refusal): ApiError {
  const { status, message } = ANSWERS[code]
  return new ApiError(status, code, message(details), details)
}

/** @returns the decision when it was allowed. @throws ApiError with the refusal's status and details. */
export function allowed<D extends { readonly ok: boolean }>(decision: D): Extract<D, { ok: true }> {
  if (!decision.ok) throw apiErrorOf((decision as unknown as { refusal: Refusal }).refusal)
  return decision as Extract<D, { ok: true }>
}

export function notFound(what: string, id: number | string): ApiError {
  return new ApiError(404, 'not_found', `There is no ${what} ${id}, or it lies outside your area.`)
}

/**
 * A field of the body that only the database could judge.
 * @param english says it with its numbers; `key` and `params` say it in the other languages
 */
export function wrongField(
  path: string,
  key: MessageKey,
  english: string,
  params: FieldError['params'] = {},
): ApiError {
  const field: FieldError = { in: 'json', path, key, params, message: english }
  return new ApiError(422, 'invalid_input', `The request is wrong in: ${path}.`, [field])
}

/** The same numbers for the same day and place are more often sent twice than true twice. @param at when they were reported */
export function demandNew(at: Date | undefined, input: { readonly acceptSame: boolean }): void {
  if (at === undefined || input.acceptSame) return
  const since = at.getTime()
  const english = `The same was reported at ${time(since)}. Add it with acceptSame, or correct what was reported.`
  throw new ApiError(409, 'same_reported', english, { since })
}

/** Numbers that are possible and hardly true are kept only when whoever reports them says that they are right. */
export function demandPlausible(doubts: readonly Doubt[], input: { readonly acceptImplausible: boolean }): void {
  if (doubts.length === 0 || input.acceptImplausible) return
  const details = doubts.map((doubt) => ({ ...doubt, message: doubtIn('en', doubt) }))
  const english = 'These numbers are hardly true. Look again; if they are right, send them with acceptImplausible.'
  throw new ApiError(422, 'implausible', english, details)
}

export type Birth = { readonly birthYear?: number | undefined; readonly birthMonth?: number | undefined }

/** A birth that is still to come, by the calendar of who asks, or a month without its year. */
export function checkBirth({ birthYear, birthMonth }: Birth, now: number): void {
  const today = bangkokDay(now)
  if (birthYear === undefined) {
    if (birthMonth === undefined) return
    throw wrongField('birthYear', 'required', 'A month of birth wants its year.')
  }
  if (birthYear > Number(today.slice(0, 4)))
    throw wrongField('birthYear', 'birth_year_future', `The year of birth ${birthYear} is still to come.`)
  if (birthMonth !== undefined && monthsOld(birthYear, birthMonth, today) < 0)
    throw wrongField('birthMonth', 'birth_month_future', `${birthYear}-${birthMonth} is still to come.`)
}
