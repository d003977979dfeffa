import type { Language } from '../../../../hub/contract/vocabulary/languages.ts'
import type { NeedKind } from '../../../../hub/contract/vocabulary/needs.ts'
import type { IdKind } from '../../../../hub/contract/vocabulary/papers.ts'
import type { Risk608, Symptom } from '../../../../hub/contract/vocabulary/people.ts'
import { type PhoneFault, readPhone } from '../../../../hub/contract/vocabulary/phone.ts'
import type { HelpBody } from '../../api/help.ts'
import { readWhole } from '../../forms/digits.ts'
import { isWrongPaper } from '../../forms/papers.ts'
import { NO_PLACE, type PlaceDraft, placeBody } from '../../places/place.ts'

/** Everything a person has filled in, as they typed it. */
export type HelpDraft = {
  readonly needs: readonly NeedKind[]
  readonly symptoms: readonly Symptom[]
  readonly risks: readonly Risk608[]
  readonly spo2: string
  readonly place: PlaceDraft
  readonly address: string
  readonly name: string
  readonly phone: string
  readonly noPhone: boolean
  /** of somebody who answers for them */
  readonly secondPhone: string
  readonly idKind: IdKind | ''
  readonly idNumber: string
  readonly note: string
  readonly consent: boolean
}

export const EMPTY_DRAFT: HelpDraft = {
  needs: [],
  symptoms: [],
  risks: [],
  spo2: '',
  place: NO_PLACE,
  address: '',
  name: '',
  phone: '',
  noPhone: false,
  secondPhone: '',
  idKind: '',
  idNumber: '',
  note: '',
  consent: false,
}

export const STEPS = ['needs', 'condition', 'place', 'person', 'check'] as const
export type Step = (typeof STEPS)[number]

/** Signs that no form can wait for. */
const DANGER: readonly Symptom[] = ['cannot_finish_sentence', 'constant_chest_tightness', 'drowsy']
/** Per cent; the hub's threshold for red. */
const SPO2_LOW_BELOW = 94
const SPO2_MIN = 50

export const DANGER_SIGNS: readonly Symptom[] = DANGER
export const OTHER_SYMPTOMS: readonly Symptom[] = [
  'breathless_on_exertion',
  'pneumonia',
  'fever',
  'cough',
  'sore_throat',
  'no_smell_or_taste',
  'diarrhoea',
]

export function isEmergency({ symptoms, spo2 }: Pick<HelpDraft, 'symptoms' | 'spo2'>): boolean {
  const percent = readSpo2(spo2)
  return symptoms.some((symptom) => DANGER.includes(symptom)) || (percent !== undefined && percent < SPO2_LOW_BELOW)
}

const FIELDS = ['needs', 'spo2', 'place', 'address', 'phone', 'secondPhone', 'name', 'id', 'note', 'consent'] as const
export type Field = (typeof FIELDS)[number]

export const STEP_OF: Readonly<Record<Field, Step>> = {
  needs: 'needs',
  spo2: 'condition',
  place: 'place',
  address: 'place',
  phone: 'person',
  secondPhone: 'person',
  name: 'person',
  id: 'person',
  note: 'person',
  consent: 'check',
}

/** What is wrong with a field: the key of a sentence of this page, or the hub's own sentence. */
export type Problem =
  | { readonly field: Field; readonly key: ProblemKey }
  | { readonly field: Field; readonly said: string }
export type ProblemKey =
  | 'need_required'
  | 'spo2_range'
  | 'place_required'
  | 'phone_missing'
  | PhoneFault
  | 'consent_required'
  | 'id_thai_wrong'

/** @returns what has to be corrected before the next step, in the order of the page. */
export function problemsOf(draft: HelpDraft, step: Step): Problem[] {
  switch (step) {
    case 'needs':
      return draft.needs.length === 0 ? [{ field: 'needs', key: 'need_required' }] : []
    case 'condition':
      return draft.spo2.trim() !== '' && readSpo2(draft.spo2) === undefined
        ? [{ field: 'spo2', key: 'spo2_range' }]
        : []
    case 'place':
      return placeBody(draft.place) === undefined ? [{ field: 'place', key: 'place_required' }] : []
    case 'person':
      return [
        ...phoneProblems(draft),
        ...(draft.secondPhone.trim() === '' ? [] : faultOf('secondPhone', draft.secondPhone)),
        ...paperProblems(draft),
      ]
    case 'check':
      return draft.consent ? [] : [{ field: 'consent', key: 'consent_required' }]
  }
}

function paperProblems(draft: HelpDraft): Problem[] {
  return isWrongPaper(draft) ? [{ field: 'id', key: 'id_thai_wrong' }] : []
}

function phoneProblems({ phone, noPhone }: HelpDraft): Problem[] {
  if (noPhone) return []
  if (phone.trim() === '') return [{ field: 'phone', key: 'phone_missing' }]
  return faultOf('phone', phone)
}

function faultOf(field: 'phone' | 'secondPhone', typed: string): Problem[] {
  const read = readPhone(typed)
  return 'fault' in read ? [{ field, key: read.fault }] : []
}

/** The first step that is not finished: nobody gets past it by address. */
export function firstOpenStep(draft: HelpDraft): Step {
  return STEPS.find((step) => problemsOf(draft, step).length > 0) ?? 'check'
}

/** Field errors of the hub, at the fields of this form. Paths like `place.point` or `id.number`. */
export function problemsFromHub(details: unknown): Problem[] {
  if (!Array.isArray(details)) return []
  return details.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('path' in entry) || !('message' in entry)) return []
    const [head] = String(entry.path).split('.')
    const field = head === 'symptoms' || head === 'risks' ? 'spo2' : FIELDS.find((known) => known === head)
    return field === undefined ? [] : [{ field, said: String(entry.message) }]
  })
}

/** @returns per cent, `undefined` for what cannot be one */
export const readSpo2 = (text: string): number | undefined => readWhole(text, SPO2_MIN, 100)

const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

/** @throws Error when a step is not finished: the page asks `problemsOf` first. */
export function helpBody(draft: HelpDraft, language: Language, consentVersion: string): HelpBody {
  const place = placeBody(draft.place)
  if (place === undefined) throw new Error('a request without a place')
  const [name, phone, secondPhone, address, note, idNumber] = [
    draft.name,
    draft.phone,
    draft.secondPhone,
    draft.address,
    draft.note,
    draft.idNumber,
  ].map(given)
  const spo2 = readSpo2(draft.spo2)
  return {
    language,
    consent: { given: true, version: consentVersion, language },
    needs: draft.needs,
    symptoms: draft.symptoms,
    risks: draft.risks,
    place,
    ...(spo2 !== undefined && { spo2 }),
    ...(name !== undefined && { name }),
    ...(phone !== undefined && !draft.noPhone && { phone }),
    ...(secondPhone !== undefined && { secondPhone }),
    ...(draft.idKind !== '' && {
      id: { kind: draft.idKind, ...(idNumber !== undefined && draft.idKind !== 'none' && { number: idNumber }) },
    }),
    ...(address !== undefined && { address }),
    ...(note !== undefined && { note }),
  }
}
