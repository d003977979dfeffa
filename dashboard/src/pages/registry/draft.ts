import type { DeskRole, FacilityKind } from '../../../../hub/contract/vocabulary/facilities.ts'
import type { Answer, AskingBody } from '../../api/http.ts'
import { NO_PLACE, type PlaceDraft, placeBody, placeOfCode } from '../../places/place.ts'

export type Facility = Answer<'GET /api/facilities/{id}'>
export type ContactDraft = { readonly desk: DeskRole; readonly phone: string; readonly note: string }

/** A facility as somebody fills it in. */
export type Draft = {
  readonly kind: FacilityKind
  readonly nameTh: string
  readonly nameEn: string
  readonly code: string
  readonly hours: string
  readonly address: string
  readonly capacity: string
  readonly contacts: readonly ContactDraft[]
  readonly place: PlaceDraft
}

/** @param area the one area of who registers it, so that the province need not be chosen */
export function newDraft(area: string | undefined): Draft {
  const place = area === undefined || area === 'TH' ? NO_PLACE : placeOfCode(area)
  const texts = { nameTh: '', nameEn: '', code: '', hours: '', address: '', capacity: '' }
  return { kind: 'hospital', ...texts, contacts: [], place }
}

export function draftOf(facility: Facility): Draft {
  const { kind, nameTh, nameEn, code, hours, address, capacity, contacts, district, lat, lon } = facility
  return {
    kind,
    nameTh,
    nameEn,
    code: code ?? '',
    hours: hours ?? '',
    address: address ?? '',
    capacity: capacity ?? '',
    contacts: contacts.map((contact) => ({ ...contact, note: contact.note ?? '' })),
    place: { ...placeOfCode(district), point: lat === null || lon === null ? null : { lat, lon } },
  }
}

const orNull = (text: string): string | null => text.trim() || null

export function deskOf({ hours, contacts }: Draft) {
  return {
    hours: orNull(hours),
    contacts: contacts.map(({ desk, phone, note }) => ({ desk, phone, note: orNull(note) })),
  }
}

/** `keepApart`: the pin lies in the sea or in another province, and that is really so. */
export function bodyOf(draft: Draft, keepApart: boolean): AskingBody<'POST /api/facilities'> {
  const { kind, nameTh, nameEn, code, address, capacity, place } = draft
  return {
    kind,
    nameTh,
    ...(orNull(nameEn) !== null && { nameEn }),
    code: orNull(code),
    address: orNull(address),
    capacity: orNull(capacity),
    place: { ...placeBody(place), ...(keepApart && { acceptApart: true }) },
    ...deskOf(draft),
  }
}

/** What an edit sends. A code that stands and is no hospital's, as a replay's facilities have, stays by not being sent. */
export function editOf(draft: Draft, { code: standing, version }: Facility, keepApart: boolean) {
  const { code, ...rest } = bodyOf(draft, keepApart)
  return { version, ...rest, ...(code !== standing && { code }) }
}
