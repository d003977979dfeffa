import { z } from 'zod'
import { ACTIONS } from '../vocabulary/actions.ts'
import { BED_LEVELS } from '../vocabulary/beds.ts'
import { FEELINGS } from '../vocabulary/care.ts'
import { CLASSIFICATIONS } from '../vocabulary/classifications.ts'
import { CONTACT_CHANNELS, CONTACT_RESULTS, ESCALATE_REASONS } from '../vocabulary/contacts.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { CLOSE_NEED_REASONS, FREED, NEED_KINDS, NEED_STATES } from '../vocabulary/needs.ts'
import { ENDINGS, OUTCOMES } from '../vocabulary/outcomes.ts'
import { ID_KINDS } from '../vocabulary/papers.ts'
import { RISKS_608, SEXES, SYMPTOMS } from '../vocabulary/people.ts'
import { CASE_SOURCES } from '../vocabulary/records.ts'
import { HEALTH_REGIONS } from '../vocabulary/regions.ts'
import { CARE_PLACES, MILDER_REASONS, SEVERITIES } from '../vocabulary/severity.ts'
import { CLOSE_REASONS, REOPEN_REASONS, STAGES } from '../vocabulary/stages.ts'
import { REJECT_REASONS, TRANSFER_STATES, TRANSFER_STEPS } from '../vocabulary/transfers.ts'
import {
  accountKey,
  afterId,
  areaCode,
  boundArea,
  countedAmount,
  countedDays,
  day,
  facilityId,
  facilityParam,
  fence,
  id,
  metric,
  pageSize,
  sourceAt,
  typed,
} from './common.ts'
import { correctionView } from './corrections.ts'
import { phone } from './help.ts'

/** `red,yellow` in an address */
const list = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)).min(1).max(values.length))
    .optional()

export const casesQuery = z.object({
  area: areaCode,
  severity: list(SEVERITIES),
  carePlace: list(CARE_PLACES),
  stage: list(STAGES),
  need: list(NEED_KINDS).meta({ description: 'cases with a live need of one of these kinds' }),
  board: z.enum(['yes', 'no']).optional().meta({ description: 'on the board: with a live need' }),
  metric: metric.optional().meta({ description: 'the list behind a number, e.g. waiting.red, needs.bed.open, cases' }),
  ...countedDays,
  order: z
    .enum(['urgent', 'longest', 'newest'])
    .default('newest')
    .meta({ description: 'longest: by the oldest of the live needs that the list asks about' }),
  cursor: z.string().max(200).optional(),
  limit: pageSize,
})

const listedNeed = z.object({
  id: z.number(),
  kind: z.enum(NEED_KINDS),
  status: z.enum(NEED_STATES),
  holder: z.string().nullable(),
  openedAt: z.string(),
  leaseUntil: z.string().nullable(),
})

export const caseView = z
  .object({
    id: z.number(),
    district: z.string(),
    place: z.string(),
    reportDay: z.string(),
    classification: z.enum(CLASSIFICATIONS),
    severity: z.enum(SEVERITIES),
    risk608: z.boolean(),
    stage: z.enum(STAGES),
    carePlace: z.enum(CARE_PLACES),
    facility: z.number().nullable(),
    bedLevel: z.enum(BED_LEVELS).nullable(),
    outcome: z.enum(OUTCOMES),
    outcomeDay: z.string().nullable(),
    source: z.enum(CASE_SOURCES),
    reportedAt: z.number(),
    severityAt: z.number(),
    carePlaceAt: z.number(),
    contactedAt: z.number().nullable(),
    escalatedAt: z.number().nullable(),
    heardAt: z.number().nullable().meta({ description: 'when the person last added something to their request' }),
    override: z.string().nullable(),
    mergedInto: z.number().nullable(),
    closedReason: z.string().nullable(),
    onBoard: z.boolean(),
  })
  .meta({ id: 'Case' })

export const needView = z
  .object({
    id: z.number(),
    caseId: z.number(),
    kind: z.enum(NEED_KINDS),
    status: z.enum(NEED_STATES),
    freed: z.enum(FREED).nullable(),
    openedAt: z.number(),
    holder: z.string().nullable().meta({ description: 'organisation and call-sign, never a person’s name' }),
    yours: z.boolean(),
    claimedAt: z.number().nullable(),
    leaseUntil: z.number().nullable(),
    warnAt: z.number().nullable(),
    askedBy: z.string().nullable(),
    askedKey: z.string().nullable(),
    askedAt: z.number().nullable(),
    offeredTo: z.string().nullable(),
    offeredToYou: z.boolean(),
    fence: z.number().nullable().meta({ description: 'send it with every command on this need; holder only' }),
    closedReason: z.string().nullable(),
  })
  .meta({ id: 'Need' })

export const transferView = z
  .object({
    id: z.number(),
    caseId: z.number(),
    district: z.string(),
    status: z.enum(TRANSFER_STATES),
    level: z.enum(BED_LEVELS),
    toFacility: z.number().nullable(),
    toDistrict: z
      .string()
      .nullable()
      .meta({ description: 'where that is; in another province its coordination agrees' }),
    bedHeld: z.boolean(),
    heldUntil: z.number().nullable().meta({ description: 'when the hold ends by itself; null once on the road' }),
    rejectedReason: z.enum(REJECT_REASONS).nullable(),
    requestedBy: z.string(),
    requestedKey: z.string().nullable().meta({ description: 'whose request it is: somebody else approves it' }),
    requestedAt: z.number(),
    updatedAt: z.number(),
  })
  .meta({ id: 'Transfer' })

const contact = z.object({
  id: z.number(),
  case: z.number().meta({ description: 'this one, or one that was merged into it' }),
  channel: z.enum(CONTACT_CHANNELS),
  result: z.enum(CONTACT_RESULTS),
  by: z.string(),
  at: z.number(),
})

export const casesAnswer = z.object({
  cases: z.array(
    caseView.extend({
      needs: z.array(listedNeed),
      amount: z.number().meta({ description: 'what `metric` counts of it: 1, or its requests' }),
    }),
  ),
  cursor: z.string().nullable().meta({ description: 'for the next page; null: this was the last' }),
  total: z.number().nullable().meta({ description: 'cases on all pages; only the first page says it' }),
  amount: countedAmount,
})
export const caseAnswer = z.object({
  case: caseView,
  needs: z.array(needView),
  transfer: transferView.nullable(),
  contacts: z.array(contact),
  merged: z.array(z.number()).meta({ description: 'cases that were merged into it' }),
  corrections: z.array(correctionView).meta({ description: 'asked for by the person, and not closed yet' }),
  lastTransfer: transferView.nullable().meta({ description: 'how the last one ended, when none is under way' }),
  steps: z.array(z.enum(TRANSFER_STEPS)).meta({ description: 'of the transfer, open to you now' }),
  outcomes: z.array(z.enum(OUTCOMES)).meta({ description: 'what the outcome may become, or be corrected to, by you' }),
  may: z.array(z.enum(ACTIONS)).meta({ description: 'actions of the table open to you on this case now' }),
  keeps: z.boolean().meta({ description: 'you look after this person at home' }),
  supervises: z.boolean().meta({ description: 'you may act in the place of whoever holds a need of it' }),
})
export const commandAnswer = z.object({ case: caseView, event: z.number() })
export const undoAnswer = commandAnswer.extend({ need: needView.nullable() })
export const needAnswer = z.object({ need: needView, event: z.number().nullable() })
export const needsAnswer = z.object({ needs: z.array(needView) })
export const transferAnswer = z.object({ transfer: transferView, event: z.number() })
const names = { nameTh: z.string(), nameEn: z.string() }
const listedTransfer = transferView.extend({
  to: z.object(names).nullable().meta({ description: 'the facility it leads to' }),
  steps: z.array(z.enum(TRANSFER_STEPS)).meta({ description: 'open to you now' }),
  case: z
    .object({ severity: z.enum(SEVERITIES), risk608: z.boolean(), place: z.string() })
    .nullable()
    .meta({ description: 'of its case, for who may read cases there' }),
})
export const TRANSFER_LISTS = ['under_way', 'refused'] as const
export const transfersQuery = z.object({
  area: areaCode,
  facility: facilityParam.optional().meta({ description: 'only what is on its way there, from any area' }),
  list: z.enum(TRANSFER_LISTS).default('under_way').meta({
    description: '`refused`: of people who wait with no transfer under way, the last one, where it was refused',
  }),
  after: afterId,
  limit: pageSize,
})
export const placementsQuery = z.object({
  area: boundArea,
  region: z.coerce.number().int().min(1).max(HEALTH_REGIONS).optional().meta({
    description: 'a health region: of its beds, for those of its people whom you may place; `area` is your own',
  }),
})
export const freeBedsQuery = z.object({ area: boundArea })
const destination = { facility: z.number(), district: z.string(), ...names }
export const freeBedsAnswer = z.object({
  facilities: z.array(
    z.object({
      ...destination,
      lat: z.number(),
      lon: z.number(),
      free: z.partialRecord(z.enum(BED_LEVELS), z.number()).meta({
        description: 'staffed beds that are free and not asked for, by level',
      }),
    }),
  ),
})
const hours = z
  .number()
  .meta({ description: 'hours of waiting saved against first come first served; negative: it costs' })
export const placementsAnswer = z
  .object({
    waiting: z.number().meta({ description: 'people who need a place and have none, with no transfer under way' }),
    placed: z.number(),
    saved: z.object({ red: hours, yellow: hours, unknown: hours, green: hours }),
    placements: z
      .array(
        z.object({
          caseId: z.number(),
          ...destination,
          level: z.enum(BED_LEVELS),
          km: z.number(),
          severity: z.enum(SEVERITIES),
          risk608: z.boolean(),
          place: z.string(),
          waitingSince: z.number(),
        }),
      )
      .meta({ description: 'the most urgent first, at most 500; a person asks for each' }),
  })
  .meta({ id: 'Placements' })
export const transfersAnswer = z.object({ transfers: z.array(listedTransfer), cursor: z.number().nullable() })

export const eventsQuery = z.object({
  order: z.enum(['oldest', 'newest']).default('oldest'),
  after: afterId,
  limit: pageSize,
})
export const eventsAnswer = z.object({
  events: z.array(
    z.object({
      id: z.number(),
      case: z.number(),
      need: z.number().nullable(),
      kind: z.string(),
      by: z.string(),
      yours: z.boolean(),
      sourceAt: z.number(),
      recordedAt: z.number(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
  cursor: z.number().nullable(),
})

/** Everything personal of somebody, in clear. */
export const revealedPerson = {
  id: z.number(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  secondPhone: z.string().nullable(),
  idKind: z.enum(ID_KINDS).nullable(),
  idNumber: z.string().nullable(),
  nationality: z.string().nullable(),
  language: z.enum(LANGUAGES).nullable(),
  birthYear: z.number().nullable(),
  birthMonth: z.number().nullable().meta({ description: '1 to 12, where it was told' }),
  sex: z.enum(SEXES).nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  address: z.string().nullable(),
  notes: z.string().nullable(),
}
const revealed = {
  ...revealedPerson,
  contactNotes: z.array(z.object({ at: z.number(), by: z.string(), note: z.string() })),
}
export const revealAnswer = z
  .object({
    ...revealed,
    merged: z.array(z.object(revealed)).meta({ description: 'the same of each case that was merged into it' }),
  })
  .meta({ id: 'Revealed' })

export const complaintAnswer = z
  .object({
    id: z.number(),
    said: z
      .array(
        z.object({
          symptoms: z.array(z.enum(SYMPTOMS)),
          risks: z.array(z.enum(RISKS_608)),
          spo2: z.number().nullable().meta({ description: 'oxygen saturation in per cent' }),
          age: z.number().nullable().meta({ description: 'years' }),
          ageMonths: z.number().nullable().meta({ description: 'of an infant, where it was told' }),
          danger: z.boolean().meta({ description: 'there is a sign of danger among it' }),
          by: z.string(),
          at: z.number(),
        }),
      )
      .meta({ description: 'of the case and of those merged into it, newest first' }),
    checks: z
      .array(
        z.object({
          feeling: z.enum(FEELINGS),
          spo2: z.number().nullable(),
          temperature: z.number().nullable().meta({ description: '°C' }),
          danger: z.boolean(),
          own: z.boolean().meta({ description: 'told by the person themselves' }),
          by: z.string(),
          at: z.number(),
        }),
      )
      .meta({ description: 'daily checks at home, newest first' }),
    reasonFor: z.array(z.enum(SEVERITIES)).meta({ description: 'triage to these now wants a reason' }),
  })
  .meta({ id: 'Complaint' })

const override = typed(120).optional().meta({ description: 'who takes the responsibility: office and call-sign' })

export const triageBody = z.strictObject({
  severity: z.enum(SEVERITIES).exclude(['unknown']),
  risk608: z.boolean().optional(),
  classification: z.enum(CLASSIFICATIONS).optional(),
  override,
  reason: z
    .enum(MILDER_REASONS)
    .optional()
    .meta({ description: 'why somebody who told of danger signs is milder than red' }),
})
export const placeBody = z.strictObject({
  place: z.enum(CARE_PLACES).exclude(['unknown']),
  facility: facilityId.optional(),
  level: z.enum(BED_LEVELS).optional(),
  override,
})
export const contactBody = z.strictObject({
  channel: z.enum(CONTACT_CHANNELS),
  result: z.enum(CONTACT_RESULTS),
  need: id.optional(),
  note: typed(1000).optional(),
  phone: phone.optional().meta({ description: 'another number where the person is reached' }),
  sourceAt: sourceAt.optional(),
})
export const escalateBody = z.strictObject({ reason: z.enum(ESCALATE_REASONS) })
export const closeBody = z.strictObject({
  reason: z.enum(CLOSE_REASONS),
  outcome: z.enum(ENDINGS).optional(),
  outcomeDay: day.optional(),
})
export const outcomeBody = z.strictObject({
  outcome: z.enum(OUTCOMES).exclude(['unknown']),
  day: day.optional(),
})
export const needKinds = z.array(z.enum(NEED_KINDS)).min(1).max(NEED_KINDS.length)
export const reopenBody = z.strictObject({
  reason: z.enum(REOPEN_REASONS),
  needs: z.array(z.enum(NEED_KINDS)).max(NEED_KINDS.length).default([]),
})
export const addNeedsBody = z.strictObject({ needs: needKinds })
export const mergeBody = z.strictObject({ into: id })
export const undoBody = z.strictObject({ event: id })

const fenced = { fence: fence.optional().meta({ description: 'the token of your claim; supervisors have none' }) }
export const fenceBody = z.strictObject(fenced)
export const emptyBody = z.strictObject({})
export const offerBody = z.strictObject({
  ...fenced,
  to: accountKey.meta({ description: 'the key of a colleague, or of who asked for it (askedKey)' }),
})
export const closeNeedBody = z.strictObject({
  ...fenced,
  reason: z.enum(CLOSE_NEED_REASONS).exclude(['case_closed']),
})

export const requestTransferBody = z.strictObject({ level: z.enum(BED_LEVELS), facility: facilityId.optional() })
export const approveBody = z.strictObject({ facility: facilityId.optional() })
export const redirectBody = z.strictObject({ facility: facilityId })
export const rejectBody = z.strictObject({ reason: z.enum(REJECT_REASONS) })
