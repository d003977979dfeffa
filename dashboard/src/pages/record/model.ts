import { CONSENT_VERSION, type ConsentGiver } from '../../../../hub/contract/privacy/consent.ts'
import { CLASSIFICATIONS } from '../../../../hub/contract/vocabulary/classifications.ts'
import type { DoseNumber, TargetGroup, Vaccine } from '../../../../hub/contract/vocabulary/doses.ts'
import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'
import type { NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import type { IdKind } from '../../../../hub/contract/vocabulary/papers.ts'
import { INFANT_MONTHS_MAX, monthsOld, type Risk608, type Symptom } from '../../../../hub/contract/vocabulary/people.ts'
import { type PhoneFault, readPhone } from '../../../../hub/contract/vocabulary/phone.ts'
import type { FormKind } from '../../../../hub/contract/vocabulary/records.ts'
import type { Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import type { FormBody, PersonBody } from '../../api/record.ts'
import { readWhole } from '../../forms/digits.ts'
import { isWrongPaper } from '../../forms/papers.ts'
import { bangkokDay } from '../../i18n/format.ts'
import { type PlaceDraft, placeBody, placeOfCode } from '../../places/place.ts'

/** Everything the five forms hold; each uses its own part. */
export type RecordDraft = {
  readonly needs: readonly NeedKind[]
  readonly symptoms: readonly Symptom[]
  readonly risks: readonly Risk608[]
  readonly name: string
  readonly phone: string
  readonly secondPhone: string
  readonly age: string
  readonly idKind: IdKind | ''
  readonly idNumber: string
  readonly place: PlaceDraft
  readonly address: string
  readonly note: string
  readonly classification: PatientClass
  readonly severity: Severity | ''
  /** doses a vulnerable person has had */
  readonly doses: '' | '0' | '1' | '2' | '3' | '4'
  readonly test: 'atk' | 'pcr'
  readonly result: '' | 'positive' | 'negative'
  readonly dose: '' | '1' | '2' | '3' | '4'
  readonly group: TargetGroup
  readonly vaccine: Vaccine
  /** the number of the site where the dose was given */
  readonly facility: string
  readonly daysAgo: DaysAgo
  /** who agreed to be recorded; empty: could not be asked */
  readonly consentBy: ConsentGiver | ''
  readonly consentLanguage: Language
}

/** How sure it is of somebody who is recorded as a patient. */
export const PATIENT_CLASSES = CLASSIFICATIONS.filter((each) => each !== 'unclassified' && each !== 'not_a_case')
export type PatientClass = (typeof PATIENT_CLASSES)[number]
export const DAYS_AGO = ['0', '1', '2'] as const
export type DaysAgo = (typeof DAYS_AGO)[number]

const DAY_MS = 86_400_000
const AGE_MAX = 120

/** What most records have in common is filled in: my area, today, what is most often so. */
export function emptyRecord(place: PlaceDraft): RecordDraft {
  return {
    needs: [],
    symptoms: [],
    risks: [],
    name: '',
    phone: '',
    secondPhone: '',
    age: '',
    idKind: '',
    idNumber: '',
    place,
    address: '',
    note: '',
    classification: 'probable',
    severity: '',
    doses: '',
    test: 'atk',
    result: '',
    dose: '',
    group: 'general',
    vaccine: 'unknown',
    facility: '',
    daysAgo: '0',
    consentBy: '',
    consentLanguage: 'th',
  }
}

export type RecordField = 'needs' | 'reasons' | 'result' | 'dose' | 'phone' | 'age' | 'place' | 'id' | 'secondPhone'
export type RecordProblem = { readonly field: RecordField; readonly key: RecordProblemKey }
export type RecordProblemKey =
  | 'need_required'
  | 'reason_required'
  | 'result_required'
  | 'dose_required'
  | PhoneFault
  | 'age_wrong'
  | 'place_required'
  | 'id_thai_wrong'

/** @returns what is missing or cannot be right, in the order of the form. */
export function recordProblems(kind: FormKind, draft: RecordDraft): RecordProblem[] {
  const problems: RecordProblem[] = []
  if (kind === 'request' && draft.needs.length === 0) problems.push({ field: 'needs', key: 'need_required' })
  if (kind === 'vulnerable' && draft.risks.length === 0) problems.push({ field: 'reasons', key: 'reason_required' })
  if (kind === 'test' && draft.result === '') problems.push({ field: 'result', key: 'result_required' })
  if (kind === 'dose' && draft.dose === '') problems.push({ field: 'dose', key: 'dose_required' })
  if (kind !== 'dose') {
    problems.push(...phoneProblems('phone', draft.phone))
    if (draft.age.trim() !== '' && birthOf(draft.age, 0) === undefined)
      problems.push({ field: 'age', key: 'age_wrong' })
  }
  if (placeBody(draft.place) === undefined) problems.push({ field: 'place', key: 'place_required' })
  if (kind !== 'dose') {
    if (isWrongPaper(draft)) problems.push({ field: 'id', key: 'id_thai_wrong' })
    problems.push(...phoneProblems('secondPhone', draft.secondPhone))
  }
  return problems
}

function phoneProblems(field: 'phone' | 'secondPhone', typed: string): RecordProblem[] {
  const phone = typed.trim() === '' ? undefined : readPhone(typed)
  return phone && 'fault' in phone ? [{ field, key: phone.fault }] : []
}

/** Months of an infant, as "5 months", "5 m" or "5 เดือน". */
const MONTHS = /^\s*(\S+?)\s*(?:months?|mo?\.?|เดือน|ด\.)\s*$/i

export type Birth = { readonly birthYear: number; readonly birthMonth?: number }

/** @returns the birth of somebody who is that old now, with its month where the age is in months; `undefined`: no age */
export function birthOf(text: string, now: number): Birth | undefined {
  const [, months] = MONTHS.exec(text) ?? []
  const [year = 0, month = 1] = bangkokDay(now).split('-').map(Number)
  if (months === undefined) {
    const years = readWhole(text, 0, AGE_MAX)
    return years === undefined ? undefined : { birthYear: year - years }
  }
  const count = readWhole(months, 0, INFANT_MONTHS_MAX)
  if (count === undefined) return undefined
  const born = new Date(Date.UTC(year, month - 1 - count))
  return { birthYear: born.getUTCFullYear(), birthMonth: born.getUTCMonth() + 1 }
}

/** The age as it was typed. @param madeAt when, ms since 1970 */
function ageText({ birthYear, birthMonth }: PersonBody, madeAt: number): string {
  if (birthYear === undefined) return ''
  const day = bangkokDay(madeAt)
  if (birthMonth === undefined) return String(Number(day.slice(0, 4)) - birthYear)
  return `${monthsOld(birthYear, birthMonth, day)} months`
}

const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

function personBody(draft: RecordDraft, now: number): PersonBody {
  const [name, phone, number, secondPhone] = [draft.name, draft.phone, draft.idNumber, draft.secondPhone].map(given)
  const numbered = number !== undefined && draft.idKind !== 'none'
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(secondPhone !== undefined && { secondPhone }),
    ...(draft.idKind !== '' && { id: { kind: draft.idKind, ...(numbered && { number }) } }),
    ...birthOf(draft.age, now),
  }
}

/**
 * What the hub is told. The time stands in it: a record sent tomorrow counts for the day it was made.
 * @throws Error while `recordProblems` names any
 */
export function recordBody(kind: FormKind, draft: RecordDraft, now: number): FormBody {
  const place = placeBody(draft.place)
  if (place === undefined) throw new Error('a record without a place')
  const sourceAt = new Date(now - Number(draft.daysAgo) * DAY_MS).toISOString()
  if (kind === 'dose') {
    const facility = draft.facility === '' ? {} : { facility: Number(draft.facility) }
    return {
      kind,
      place,
      dose: Number(draft.dose) as DoseNumber,
      group: draft.group,
      ...(draft.vaccine !== 'unknown' && { vaccine: draft.vaccine }),
      ...facility,
      sourceAt,
    }
  }
  const [address, note] = [draft.address, draft.note].map(given)
  const about = {
    ...personBody(draft, now),
    place,
    sourceAt,
    ...(address !== undefined && { address }),
    ...(note !== undefined && { note }),
  }
  const { needs, symptoms, risks } = draft
  switch (kind) {
    case 'request':
      return { kind, ...about, ...consentBody(draft), needs, symptoms, risks }
    case 'patient': {
      const { classification, severity } = draft
      return { kind, ...about, needs, symptoms, risks, classification, ...(severity !== '' && { severity }) }
    }
    case 'vulnerable':
      return {
        kind,
        ...about,
        ...consentBody(draft),
        reasons: risks,
        ...(draft.doses !== '' && { doses: Number(draft.doses) }),
      }
    case 'test':
      return { kind, ...about, test: draft.test, positive: draft.result === 'positive' }
  }
}

function consentBody({ consentBy: givenBy, consentLanguage: language }: RecordDraft) {
  return givenBy === '' ? {} : { consent: { version: CONSENT_VERSION, language, givenBy } }
}

/** Kinds that are recorded for somebody who can agree to it; of patients and tests the law on communicable diseases is the ground. */
export const asksConsent = (kind: FormKind): boolean => kind === 'request' || kind === 'vulnerable'

/** After "save and another": the place and what is the same for a row of people stay, the person does not. */
export function nextRecord(draft: RecordDraft): RecordDraft {
  const { place, test, dose, group, vaccine, facility, daysAgo, classification, consentLanguage } = draft
  const same = { test, dose, group, vaccine, facility, daysAgo, classification, consentLanguage }
  return { ...emptyRecord({ ...place, point: null, accuracy: null }), ...same }
}

/**
 * "Today" of a form that was left is yesterday when somebody comes back to it the next day; what is older than the form
 * can say stays its oldest day. @param leftAt @param now ms since 1970
 */
export function daysAgoSince(daysAgo: DaysAgo, leftAt: number, now: number): DaysAgo {
  const midnights = Math.round((Date.parse(bangkokDay(now)) - Date.parse(bangkokDay(leftAt))) / DAY_MS)
  const days = Number(daysAgo) + Math.max(0, midnights)
  return DAYS_AGO.find((known) => Number(known) === days) ?? '2'
}

/** A refused record as the form it came from. @param madeAt when it was recorded, ms since 1970 */
export function draftOfBody(body: FormBody, madeAt: number): RecordDraft {
  const ago = Math.round((madeAt - (body.sourceAt === undefined ? madeAt : Date.parse(body.sourceAt))) / DAY_MS)
  const daysAgo = DAYS_AGO.find((days) => Number(days) === ago) ?? '0'
  const area = placeOfCode(body.place.area ?? '')
  const { point = null, acceptApart } = body.place
  const empty = { ...emptyRecord({ ...area, point, ...(acceptApart && { acceptApart }) }), daysAgo }
  if (body.kind === 'dose') {
    const { dose, group = 'general', vaccine = 'unknown', facility = '' } = body
    return { ...empty, dose: String(dose) as RecordDraft['dose'], group, vaccine, facility: String(facility) }
  }
  const { name = '', phone = '', secondPhone = '', id, address = '', note = '' } = body
  const draft = {
    ...empty,
    name,
    phone,
    secondPhone,
    age: ageText(body, madeAt),
    address,
    note,
    idKind: id?.kind ?? ('' as const),
    idNumber: id?.number ?? '',
    ...(body.consent && { consentBy: body.consent.givenBy, consentLanguage: body.consent.language }),
  }
  switch (body.kind) {
    case 'request': {
      const { needs, symptoms = [], risks = [] } = body
      return { ...draft, needs, symptoms, risks }
    }
    case 'patient': {
      const { needs = [], symptoms = [], risks = [], severity = '' } = body
      const classification = PATIENT_CLASSES.find((each) => each === body.classification) ?? 'suspect'
      return { ...draft, needs, symptoms, risks, classification, severity }
    }
    case 'vulnerable':
      return { ...draft, risks: body.reasons, doses: String(body.doses ?? '') as RecordDraft['doses'] }
    case 'test':
      return { ...draft, test: body.test, result: body.positive ? 'positive' : 'negative' }
  }
}
