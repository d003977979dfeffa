/** Why a command was not carried out. `code` is the API's; `details` says who, since when, or what would be allowed. */
export type Refusal = {
  readonly code:
    | 'already_claimed'
    | 'not_holder'
    | 'held_by_others'
    | 'transfer_under_way'
    | 'own_request'
    | 'stale_fence'
    | 'lease_expired'
    | 'not_offered'
    | 'not_possible'
    | 'outcome_day'
    | 'override_needed'
    | 'reason_needed'
    | 'bed_needed'
    | 'no_bed_available'
    | 'too_late'
    | 'not_yours'
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

export type Refused = { readonly ok: false; readonly refusal: Refusal }

export function refuse(code: Refusal['code'], details: Refusal['details'] = {}): Refused {
  return { ok: false, refusal: { code, details } }
}
