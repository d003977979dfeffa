import { z } from 'zod'
import { CONSENT_GIVERS } from '../privacy/consent.ts'
import { CONSENT_PARTS } from '../privacy/consent-text.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { NEED_KINDS, NEED_STATES } from '../vocabulary/needs.ts'
import { ID_KINDS, isThaiId } from '../vocabulary/papers.ts'
import { RISKS_608, SEXES, SYMPTOMS } from '../vocabulary/people.ts'
import { readPhone } from '../vocabulary/phone.ts'
import { OPENERS } from '../vocabulary/roles.ts'
import { CARE_PLACES, SEVERITIES, SPO2_LOW_BELOW } from '../vocabulary/severity.ts'
import { STAGES } from '../vocabulary/stages.ts'
import { asciiDigits, compactDigits, withoutInvisible } from '../vocabulary/text.ts'
import { placeCode, typed } from './common.ts'

/** Error messages of these schemas are keys of hub/contract/refusals/en.ts where the general sentence would not do. */
const SPO2_MIN = 50

/** Any way of writing it; comes out as E.164. */
export const phone = z
  .string()
  .max(80)
  .transform((text, context) => {
    const read = readPhone(text)
    if ('number' in read) return read.number
    context.addIssue({ code: 'custom', message: read.fault })
    return z.NEVER
  })

/** Thailand and the sea around it; anything else is a mistake of the device. */
export const point = z.strictObject({
  lat: z.number().min(5.5, 'place_outside').max(20.6, 'place_outside'),
  lon: z.number().min(97.2, 'place_outside').max(105.8, 'place_outside'),
})

/** A pin, or an area that was picked, or both: then the area says where it counts, the pin where to go. */
export const place = z
  .strictObject({
    area: placeCode.optional(),
    point: point.optional(),
    acceptApart: z.boolean().optional().meta({
      description: 'Keep a pin that is far from the area, in another province. Without it 422 `place_apart`',
    }),
  })
  .refine(({ area, point: pin }) => area !== undefined || pin !== undefined, 'place_required')

/** As it is kept and compared: without spaces and hyphens, in capitals, whatever keyboard it was typed on. */
export const paperNumber = typed(40).transform((text) =>
  asciiDigits(withoutInvisible(text).normalize('NFKC'))
    .replace(/[\s\-\u2010-\u2015]/g, '')
    .toUpperCase(),
)

export const idPaper = z
  .strictObject({ kind: z.enum(ID_KINDS), number: paperNumber.optional() })
  .refine(({ kind, number }) => kind !== 'thai' || number === undefined || isThaiId(number), {
    path: ['number'],
    message: 'id_thai_wrong',
  })

/** Years of the Buddhist era are 543 ahead; nobody alive was born in either count's other range, so none is mistaken. */
const BUDDHIST_AHEAD = 543
const BUDDHIST_MIN = 1880 + BUDDHIST_AHEAD

export const birthYear = z
  .number()
  .int()
  .overwrite((year) => (year >= BUDDHIST_MIN ? year - BUDDHIST_AHEAD : year))
  .min(1880)
  .max(9999)
  .meta({ description: 'a year of the Buddhist era (2507) is taken for what it is (1964)' })

export const person = {
  name: typed(120).optional(),
  phone: phone.optional(),
  secondPhone: phone.optional().meta({ description: 'who answers for them, when they do not' }),
  id: idPaper.optional(),
  nationality: z
    .string()
    .regex(/^[A-Z]{2}$/, 'choice')
    .optional(),
  birthYear: birthYear.optional(),
  birthMonth: z.number().int().min(1).max(12).optional().meta({ description: 'of an infant, beside the year' }),
  sex: z.enum(SEXES).optional(),
}

export const complaint = {
  symptoms: z.array(z.enum(SYMPTOMS)).max(SYMPTOMS.length).default([]),
  risks: z.array(z.enum(RISKS_608)).max(RISKS_608.length).default([]),
  spo2: z
    .number()
    .int()
    .min(SPO2_MIN)
    .max(100)
    .optional()
    .meta({ description: `Oxygen saturation in per cent; below ${SPO2_LOW_BELOW} counts as red` }),
}

export const needs = z.array(z.enum(NEED_KINDS)).min(1, 'need_required').max(NEED_KINDS.length)

export const helpBody = z.strictObject({
  language: z.enum(LANGUAGES),
  consent: z.strictObject({
    given: z.literal(true, 'consent_required'),
    version: typed(20),
    language: z.enum(LANGUAGES).optional().meta({ description: 'in which the text was shown; none: that of the form' }),
  }),
  ...person,
  ...complaint,
  needs,
  place,
  address: typed(300).optional(),
  note: typed(1000).optional(),
})

export const moreBody = z
  .strictObject({ needs: needs.optional(), ...complaint, note: typed(1000).optional() })
  .refine(
    (more) =>
      more.needs !== undefined ||
      more.note !== undefined ||
      more.symptoms.length > 0 ||
      more.risks.length > 0 ||
      more.spo2 !== undefined,
    'required',
  )

/** The digits of a text message, in whatever script they are typed. */
export const verifyBody = z.strictObject({
  code: z
    .string()
    .max(20)
    .transform(compactDigits)
    .pipe(z.string().regex(/^\d{6}$/, 'wrong')),
})

/** Stands in no address: those are logged, kept by browsers and shown to others. */
export const codeHeader = z.object({
  'tracking-code': z.string().max(60).meta({ description: 'The tracking code, in any way of writing it.' }),
})

/** Whoever asks from another device than the request gives the last digits of its phone. */
export const cancelBody = z.strictObject({
  digits: z
    .string()
    .max(20)
    .transform(compactDigits)
    .pipe(z.string().regex(/^\d{4}$/, 'wrong'))
    .optional()
    .meta({ description: 'the last 4 digits of the phone; not needed from the device that asked' }),
})

/** What a person agrees to when they ask, and the version that goes with it. */
export const consentAnswer = z.object({
  version: z.string(),
  language: z.enum(LANGUAGES),
  hash: z.string().meta({ description: 'SHA-256 of the text' }),
  text: z.string(),
  parts: z.array(z.object({ part: z.enum(CONSENT_PARTS), text: z.string() })),
})

/** Of whoever records for somebody else: which text was read to them, in which language, and who agreed. */
export const consentOnBehalf = z.strictObject({
  version: typed(20),
  language: z.enum(LANGUAGES),
  givenBy: z.enum(CONSENT_GIVERS).meta({ description: 'the person, or who answers for them' }),
})

const needStatus = z.object({
  kind: z.enum(NEED_KINDS),
  status: z.enum(NEED_STATES),
  holder: z.string().nullable().meta({ description: 'organisation and call-sign of who is on it' }),
  since: z.number(),
})

/** What the person who asked sees under their code. No personal data: a code can be read over a shoulder. */
export const helpStatus = z
  .object({
    state: z.enum(['received', 'being_handled', 'ended', 'cancelled', 'cancelling']).meta({
      description: 'cancelling: taken back while help was on its way, or shared with another request; people decide',
    }),
    language: z.enum(LANGUAGES),
    severity: z.enum(SEVERITIES),
    stage: z.enum(STAGES),
    carePlace: z.enum(CARE_PLACES),
    place: z.string(),
    needs: z.array(needStatus),
    bed: z
      .object({
        nameTh: z.string().nullable(),
        nameEn: z.string().nullable(),
        foundAt: z.number(),
        onTheWayAt: z.number().nullable(),
        arrivedAt: z.number().nullable(),
      })
      .nullable()
      .meta({ description: 'a bed that a facility holds for them, or where they have arrived' }),
    askedAt: z.number(),
    takenAt: z.number().nullable().meta({ description: 'when somebody first took one of the needs' }),
    helpedAt: z.number().nullable().meta({ description: 'when a need was first met' }),
    contactedAt: z.number().nullable(),
    check: z
      .object({ lastAt: z.number().nullable() })
      .nullable()
      .meta({ description: 'in care at home: they may say here how they are; when they last did' }),
    opened: z
      .array(z.object({ by: z.enum(OPENERS), times: z.number().int() }))
      .meta({ description: 'how often their data was opened, and by whom: kinds of roles, no names' }),
    changedAt: z.number(),
    phone: z
      .enum(['none', 'unverified', 'verified', 'unchecked'])
      .meta({ description: 'unchecked: this hub sends no text messages there, so nobody checks it' }),
    takeBack: z.enum(['device', 'digits', 'staff']).meta({
      description:
        'how whoever looks may cancel it: at once, with the last digits of its phone, or through those who help alone',
    }),
  })
  .meta({ id: 'HelpStatus' })

export const helpAnswer = z
  .object({
    code: z.string().nullable().meta({
      description:
        'the tracking code; null when the very same was asked from this phone before: then it goes to the phone alone',
    }),
    severity: z.enum(SEVERITIES),
    duplicate: z.boolean(),
    phoneCheck: z
      .boolean()
      .meta({ description: 'the phone can be checked: a one-time code goes there when it is asked for' }),
    message: z.string().nullable(),
  })
  .meta({ id: 'HelpAnswer' })
