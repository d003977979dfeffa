import { z } from 'zod'
import { CARE_ITEMS, FEELINGS, KITS } from '../vocabulary/care.ts'
import { CARE_PLACES, SEVERITIES } from '../vocabulary/severity.ts'
import { areaCode, pageSize } from './common.ts'
import { complaint } from './help.ts'

const TEMPERATURE_MIN = 30
const TEMPERATURE_MAX = 45

/** A daily check, whoever tells it. */
export const checkValues = {
  feeling: z.enum(FEELINGS),
  spo2: complaint.spo2,
  temperature: z
    .number()
    .min(TEMPERATURE_MIN)
    .max(TEMPERATURE_MAX)
    .overwrite((degrees) => Math.round(degrees * 10) / 10)
    .optional()
    .meta({ description: '°C, to a tenth' }),
}
export const ownCheckBody = z.strictObject(checkValues)

export const careQuery = z.object({
  area: areaCode,
  show: z.enum(['uncalled', 'all']).default('uncalled').meta({
    description: 'uncalled: nobody has reached them since midnight in Bangkok',
  }),
  cursor: z.string().max(200).optional(),
  limit: pageSize,
})

const atHome = z
  .object({
    case: z.number(),
    place: z.string().meta({ description: 'sub-district, or the district where it is not known' }),
    severity: z.enum(SEVERITIES),
    risk608: z.boolean(),
    carePlace: z.enum(CARE_PLACES),
    reportedAt: z.number(),
    contactedAt: z.number().nullable().meta({ description: 'the last human contact, ms since 1970' }),
    uncalled: z.boolean(),
    keeper: z.string().nullable().meta({ description: 'who looks after them: organisation and call-sign' }),
    mine: z.boolean(),
  })
  .meta({ id: 'AtHome' })

/** People in care at home, in community isolation, or waiting for a bed; without a name. */
export const careAnswer = z.object({
  day: z.string().meta({ description: 'a Bangkok day: "today" of the list' }),
  people: z.array(atHome),
  cursor: z.string().nullable(),
  total: z.number().nullable().meta({ description: 'people on all pages; only the first page says it' }),
  counts: z
    .object({ all: z.number(), uncalled: z.number() })
    .nullable()
    .meta({ description: 'of the whole area; only the first page says it' }),
  places: z
    .array(z.object({ place: z.string(), uncalled: z.number(), red: z.number(), total: z.number() }))
    .nullable()
    .meta({ description: 'by sub-district, the 50 worst: `red` of those not called; only the first page says it' }),
})

const planItem = z.object({
  item: z.enum(CARE_ITEMS),
  timesPerDay: z.number().nullable().meta({ description: 'null: once' }),
  done: z.number().meta({ description: 'today; of what is due once, at all; of a kit, whether it is lent' }),
  due: z.boolean(),
  lastAt: z.number().nullable(),
  by: z.string().nullable().meta({ description: 'who did it last' }),
})

/** What somebody at home is owed by their severity, and what of it was done. */
export const planAnswer = z
  .object({
    case: z.number(),
    day: z.string(),
    atHome: z.boolean().meta({ description: 'otherwise nothing is due; kits may still have to come back' }),
    items: z.array(planItem),
    keeper: z.object({ label: z.string(), mine: z.boolean(), since: z.number() }).nullable(),
    may: z.boolean().meta({ description: 'you may change it' }),
    event: z
      .number()
      .nullable()
      .meta({ description: 'what you have just done: with it, it is taken back (`/api/cases/{id}/undo`)' }),
  })
  .meta({ id: 'CarePlan' })

export const careStepBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), item: z.enum(['meals', 'medicine']) }),
  z.strictObject({ kind: z.enum(['lent', 'returned']), item: z.enum(KITS) }),
])
export type CareStep = z.output<typeof careStepBody>
export const keeperBody = z.strictObject({
  keep: z.boolean().meta({ description: 'I look after this person; false: nobody does any more' }),
})

const PER_DAY_MAX = 24
/** Of the nation, or of a province in its place. */
const planning = z.string().regex(/^(?:TH|(?!00)\d{2})$/, 'area_unknown')

/** What somebody at home is owed: times a day, or once. Nobody is left without a call. */
const owed = z.strictObject({
  call: z.number().int().min(1).max(PER_DAY_MAX).meta({ description: 'times a day' }),
  meals: z.number().int().min(0).max(PER_DAY_MAX).meta({ description: 'times a day; 0: not owed' }),
  oximeter: z.boolean(),
  thermometer: z.boolean(),
  medicine: z.boolean(),
})
export type Owed = z.output<typeof owed>

export const careDefaultsQuery = z.object({ area: planning })
export const careDefaultsBody = z.strictObject({
  area: planning,
  severity: z.enum(SEVERITIES),
  owed: owed.nullable().meta({ description: 'null: a province owes what the nation does' }),
})
export const careDefaultsAnswer = z.object({
  area: z.string(),
  severities: z.array(
    z.object({
      severity: z.enum(SEVERITIES),
      own: z.boolean().meta({ description: 'said by the area itself; otherwise by the nation' }),
      owed,
    }),
  ),
})
