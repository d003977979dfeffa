import { z } from 'zod'
import { CONSENT_GIVERS } from '../privacy/consent.ts'
import { CONTACT_CHANNELS, CONTACT_RESULTS } from '../vocabulary/contacts.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { NEED_KINDS, NEED_STATES } from '../vocabulary/needs.ts'
import { OPENERS } from '../vocabulary/roles.ts'
import { CARE_PLACES, SEVERITIES } from '../vocabulary/severity.ts'
import { STAGES } from '../vocabulary/stages.ts'
import { typed } from './common.ts'
import { correctionStanding } from './corrections.ts'
import { phone, verifyBody } from './help.ts'

/** The tracking code, as somebody types it. In the body, so that no log and no history of a browser holds it. */
const code = z.string().max(60)

export const myDataBody = z.strictObject({ code })

export const phoneProofBody = z
  .strictObject({ code, digits: verifyBody.shape.code.optional(), phone: phone.optional() })
  .refine(({ digits, phone: number }) => (digits === undefined) !== (number === undefined), 'required')

/** What shows that whoever has the code has the phone too. */
const proven = { code, proof: z.string().max(200) }
export const provenBody = z.strictObject(proven)

export const correctBody = z
  .strictObject({
    ...proven,
    name: typed(120).optional(),
    phone: phone.optional(),
    secondPhone: phone.optional(),
    address: typed(300).optional(),
    text: typed(1000)
      .optional()
      .meta({ description: 'what people have to put right: goes to those who work on the case' }),
  })
  .refine(
    ({ code: _code, proof: _proof, ...wanted }) => Object.values(wanted).some((one) => one !== undefined),
    'required',
  )

export const myDataState = z
  .object({
    way: z.enum(['message', 'typed', 'none']).meta({
      description:
        'how the phone is checked: by a text message, by typing its number where none is sent; none: the request has no phone, so people have to be asked',
    }),
    consent: z
      .object({ version: z.string(), language: z.enum(LANGUAGES), at: z.number(), withdrawnAt: z.number().nullable() })
      .nullable(),
    erasure: z
      .object({ askedAt: z.number(), dueAt: z.number(), peopleAsked: z.boolean(), doneAt: z.number().nullable() })
      .nullable()
      .meta({
        description:
          'peopleAsked: the request was in danger or help on its way, so it is erased once people have ended it',
      }),
    corrections: z.array(correctionStanding).meta({ description: 'what people were asked to put right, newest first' }),
    ended: z.boolean(),
  })
  .meta({ id: 'MyDataState' })

export const phoneProofAnswer = z.object({ proof: z.string(), until: z.number() })

const text = z.string().nullable()
const caseCopy = z.object({
  case: z.number(),
  district: z.string(),
  place: text,
  reportedAt: z.number(),
  source: z.string(),
  severity: z.enum(SEVERITIES),
  stage: z.enum(STAGES),
  carePlace: z.enum(CARE_PLACES),
  outcome: z.string(),
  person: z.object({
    name: text,
    phone: text,
    secondPhone: text,
    idKind: text,
    idNumber: text,
    nationality: text,
    language: text,
    birthYear: z.number().nullable(),
    birthMonth: z.number().nullable(),
    sex: text,
  }),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  address: text,
  notes: text,
  needs: z.array(
    z.object({
      kind: z.enum(NEED_KINDS),
      status: z.enum(NEED_STATES),
      openedAt: z.number(),
      endedAt: z.number().nullable(),
    }),
  ),
  conditions: z.array(
    z.object({
      at: z.number(),
      symptoms: z.array(z.string()),
      risks: z.array(z.string()),
      spo2: z.number().nullable(),
      age: z.number().nullable(),
    }),
  ),
  checks: z.array(
    z.object({ at: z.number(), feeling: z.string(), spo2: z.number().nullable(), temperature: z.number().nullable() }),
  ),
  contacts: z.array(
    z.object({ at: z.number(), channel: z.enum(CONTACT_CHANNELS), result: z.enum(CONTACT_RESULTS), by: z.string() }),
  ),
})

/** Everything that is held about a person, under one request (PDPA s. 30). */
export const dataCopy = z
  .object({
    madeAt: z.number(),
    language: z.enum(LANGUAGES),
    askedAt: z.number(),
    cases: z.array(caseCopy),
    notes: z
      .array(z.object({ kind: z.enum(['contact', 'call']), at: z.number(), number: text, note: text }))
      .meta({ description: 'written down when somebody spoke with them' }),
    consents: z.array(
      z.object({
        version: z.string(),
        language: z.enum(LANGUAGES),
        givenBy: z.enum(CONSENT_GIVERS),
        at: z.number(),
        withdrawnAt: z.number().nullable(),
      }),
    ),
    opened: z.array(z.object({ by: z.enum(OPENERS), times: z.number().int() })),
  })
  .meta({ id: 'DataCopy' })
