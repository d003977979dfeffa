export const FACILITY_KINDS = [
  'hospital',
  'field',
  'hospitel',
  'ci',
  'hi_hub',
  'vaccination',
  'test',
  'oxygen',
  'crematorium',
] as const
export type FacilityKind = (typeof FACILITY_KINDS)[number]

/** A hospital code of the Ministry of Public Health. */
export const HOSPITAL_CODE = /^\d{5}$/

/** Whom a facility's phone reaches: a desk, never a person. */
export const DESK_ROLES = ['switchboard', 'bed_desk', 'emergency', 'coordinator', 'stores'] as const
export type DeskRole = (typeof DESK_ROLES)[number]

/** Who is called for a number that is late, the first that there is: an emergency room last of all. */
const CALLED_FOR_NUMBERS: readonly DeskRole[] = ['bed_desk', 'coordinator', 'switchboard', 'stores', 'emergency']

/** @returns the contact to call for a number that is late, if there is one */
export function calledForNumbers<Contact extends { readonly desk: DeskRole }>(
  contacts: readonly Contact[],
): Contact | undefined {
  return contacts.toSorted((a, b) => CALLED_FOR_NUMBERS.indexOf(a.desk) - CALLED_FOR_NUMBERS.indexOf(b.desk))[0]
}

export const CLOSE_REASONS = ['ended', 'moved', 'mistake', 'unsafe'] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

export const FACILITY_EVENTS = [
  'created',
  'edited',
  'desk',
  'closed',
  'reopened',
  'merged',
  'took_over',
  'count_taken',
  'count_refused',
] as const
export type FacilityEvent = (typeof FACILITY_EVENTS)[number]

/** Characters of a facility's texts. */
export const FACILITY_TEXT_MAX = { name: 200, address: 300, capacity: 500 } as const
export const CONTACTS_MAX = 6

/** Those that have beds, and hold one for somebody. */
export const BED_KINDS = ['hospital', 'field', 'hospitel', 'ci'] as const satisfies readonly FacilityKind[]
export type BedKind = (typeof BED_KINDS)[number]
