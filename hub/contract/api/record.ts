import { z } from 'zod'
import { CLASSIFICATIONS } from '../vocabulary/classifications.ts'
import { CONTACT_CHANNELS, CONTACT_RESULTS } from '../vocabulary/contacts.ts'
import { DOSE_NUMBERS, TARGET_GROUPS, VACCINES } from '../vocabulary/doses.ts'
import { LIKELY_REASONS } from '../vocabulary/duplicates.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { NEED_KINDS } from '../vocabulary/needs.ts'
import { RISKS_608 } from '../vocabulary/people.ts'
import { VULNERABLE_SHOWN } from '../vocabulary/records.ts'
import { SEVERITIES } from '../vocabulary/severity.ts'
import { STAGES } from '../vocabulary/stages.ts'
import { TEST_KINDS } from '../vocabulary/tests.ts'
import { checkValues } from './care.ts'
import { revealedPerson } from './cases.ts'
import { afterId, areaCode, day, facilityId, id, pageSize, sourceAt, typed } from './common.ts'
import { complaint, consentOnBehalf, needs, paperNumber, person, phone, place } from './help.ts'

const about = {
  ...person,
  language: z.enum(LANGUAGES).optional(),
  place,
  address: typed(300).optional(),
  note: typed(1000).optional(),
  sourceAt: sourceAt.optional(),
  consent: consentOnBehalf.optional().meta({
    description: 'None: nobody could be asked (PDPA s. 24 (2), 26 (5)), or a phone of before December 2026 recorded it',
  }),
}

/** A volunteer asks for somebody who agreed to it. */
const request = z.strictObject({ kind: z.literal('request'), ...about, ...complaint, needs })
/** A patient who is known already, by a test or a doctor. */
const patient = z.strictObject({
  kind: z.literal('patient'),
  ...about,
  ...complaint,
  severity: z.enum(SEVERITIES).optional(),
  classification: z.enum(CLASSIFICATIONS).default('suspect'),
  needs: z.array(z.enum(NEED_KINDS)).max(NEED_KINDS.length).default([]),
})
const vulnerable = z.strictObject({
  kind: z.literal('vulnerable'),
  ...about,
  reasons: z.array(z.enum(RISKS_608)).min(1).max(RISKS_608.length),
  doses: z.number().int().min(0).max(4).optional(),
})
/** One person's test; positive with a person makes a case: ATK probable, PCR confirmed. */
const test = z.strictObject({
  kind: z.literal('test'),
  ...about,
  test: z.enum(TEST_KINDS),
  positive: z.boolean(),
  day: day.optional(),
})
const dose = z.strictObject({
  kind: z.literal('dose'),
  place,
  dose: z.literal(DOSE_NUMBERS),
  group: z.enum(TARGET_GROUPS).default('general'),
  vaccine: z.enum(VACCINES).default('unknown'),
  facility: facilityId.optional(),
  day: day.optional(),
  sourceAt: sourceAt.optional(),
})

/** The daily check of somebody in care at home, by whoever reached them. */
const check = z.strictObject({
  kind: z.literal('check'),
  case: id,
  ...checkValues,
  channel: z.enum(CONTACT_CHANNELS).default('phone'),
  sourceAt: sourceAt.optional(),
})

export const recordBody = z.discriminatedUnion('kind', [request, patient, check, vulnerable, test, dose])
export type RecordInput = z.output<typeof recordBody>

/** Records of one batch; the offline queue sends the next hundred when these are answered. */
export const BATCH_MAX = 100

export const batchBody = z.strictObject({
  account: z.uuid().optional().meta({
    description: 'Who recorded these. When somebody else has signed in on the phone since, 409 and nothing is saved',
  }),
  records: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[\x21-\x7e]{8,200}$/),
        record: z.unknown().meta({ description: 'the body of POST /api/record; judged one by one' }),
      }),
    )
    .min(1)
    .max(BATCH_MAX),
})

export const duplicatesBody = z.strictObject({
  name: typed(120).optional(),
  phone: phone.optional(),
  idNumber: paperNumber.optional(),
  place,
})

export type DuplicatesInput = z.output<typeof duplicatesBody>

const likely = z.object({
  case: z.number(),
  reason: z.enum(LIKELY_REASONS),
  place: z.string(),
  severity: z.enum(SEVERITIES),
  stage: z.enum(STAGES),
  reportedAt: z.number(),
})
export const duplicatesAnswer = z.object({ likely: z.array(likely) }).meta({ id: 'Duplicates' })
export type LikelyDuplicate = z.infer<typeof likely>

export const recordAnswer = z
  .object({
    kind: z.string(),
    id: z.number().meta({ description: 'of the case, the check, the register entry, the test or the dose' }),
    case: z.number().nullable(),
    severity: z.enum(SEVERITIES).nullable(),
    likely: z.array(likely).meta({ description: 'cases that may be the same; saved all the same' }),
    event: z
      .number()
      .optional()
      .meta({ description: 'of a check: with it the check is taken back (`/api/cases/{id}/undo`)' }),
  })
  .meta({ id: 'Recorded' })
export type RecordAnswer = z.infer<typeof recordAnswer>

export type BatchInput = z.output<typeof batchBody>

export const batchAnswer = z
  .object({
    results: z.array(
      z.object({
        key: z.string(),
        status: z.number(),
        body: recordAnswer.nullable(),
        error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'BatchAnswer' })
export type BatchResult = z.infer<typeof batchAnswer>['results'][number]

/** The register of the vulnerable (608) of an area, without names. */
export const vulnerableQuery = z.object({
  area: areaCode,
  show: z.enum(VULNERABLE_SHOWN).default('all').meta({
    description: 'due: to be called today, or never reached; unvaccinated: no dose that is known of',
  }),
  after: afterId,
  limit: pageSize,
})
export const vulnerableAnswer = z.object({
  people: z.array(
    z
      .object({
        id: z.number(),
        district: z.string(),
        place: z.string(),
        reasons: z.array(z.enum(RISKS_608)),
        doses: z.number().nullable(),
        recordedBy: z.string(),
        recordedAt: z.number(),
        contactedAt: z.number().nullable().meta({ description: 'when somebody last reached them, ms since 1970' }),
        nextCall: z.string().nullable().meta({ description: 'a Bangkok day' }),
        due: z.boolean(),
      })
      .meta({ id: 'VulnerablePerson' }),
  ),
  cursor: z.number().nullable(),
  counts: z
    .record(z.enum(VULNERABLE_SHOWN), z.number())
    .nullable()
    .meta({ description: 'how many each filter shows; only the first page says it' }),
})

export const vulnerableCallBody = z.strictObject({
  channel: z.enum(CONTACT_CHANNELS),
  result: z.enum(CONTACT_RESULTS),
  doses: z.number().int().min(0).max(4).optional().meta({ description: 'had so far' }),
  acceptFewer: z.boolean().default(false).meta({
    description: 'Take fewer doses than are known. Without it 422 `doses_fewer`',
  }),
  nextCall: day.optional().meta({ description: 'a Bangkok day; none: no call is planned' }),
})
export const vulnerableCallAnswer = z.object({ id: z.number() })

export const vulnerableRevealAnswer = z.object(revealedPerson).meta({ id: 'RevealedVulnerable' })
