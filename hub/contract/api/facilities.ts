import { z } from 'zod'
import {
  CLOSE_REASONS,
  CONTACTS_MAX,
  DESK_ROLES,
  FACILITY_EVENTS,
  FACILITY_KINDS,
  FACILITY_TEXT_MAX,
  HOSPITAL_CODE,
} from '../vocabulary/facilities.ts'
import { HOURS_LENGTH_MAX, readOpeningHours } from '../vocabulary/opening-hours.ts'
import { asciiDigits, withoutInvisible } from '../vocabulary/text.ts'
import { areaCode, facilityId, idParam, pageSize, typed } from './common.ts'
import { phone, place } from './help.ts'

export const hospitalCode = z
  .string()
  .max(40)
  .overwrite((text) => asciiDigits(withoutInvisible(text)))
  .regex(HOSPITAL_CODE, 'code_five')

export const openingHours = z
  .string()
  .max(HOURS_LENGTH_MAX)
  .transform((text, context) => {
    const read = readOpeningHours(text)
    if (read !== undefined) return read
    context.addIssue({ code: 'custom', message: 'hours_wrong' })
    return z.NEVER
  })

const contact = z.strictObject({
  desk: z.enum(DESK_ROLES),
  phone,
  note: typed(120).nullable().default(null).meta({ description: 'never the name of a person' }),
})
const contacts = z
  .array(contact)
  .max(CONTACTS_MAX)
  .refine((all) => new Set(all.map((one) => `${one.desk} ${one.phone}`)).size === all.length, 'contact_twice')

const version = z.number().int().positive().max(2_147_483_647).meta({
  description: 'the version that was read; 409 `stale_version` when somebody has changed it since',
})

const desk = {
  hours: openingHours.nullable().meta({ description: '`24/7`, `Mo-Fr 08:00-16:30; Sa 09:00-12:00`; null: not known' }),
  contacts: contacts.meta({ description: 'phones of desks, in no publication; replaces those that stand' }),
}
const said = {
  code: hospitalCode.nullable().meta({ description: 'hospital code of 5 digits, one in the country' }),
  kind: z.enum(FACILITY_KINDS),
  nameTh: typed(FACILITY_TEXT_MAX.name),
  nameEn: typed(FACILITY_TEXT_MAX.name),
  place: place.meta({ description: 'a district or sub-district, a pin, or both; without a pin it is on no map' }),
  address: typed(FACILITY_TEXT_MAX.address).nullable(),
  capacity: typed(FACILITY_TEXT_MAX.capacity).nullable().meta({ description: 'what it can take, in words' }),
}

export const createFacilityBody = z.strictObject({
  ...said,
  ...desk,
  code: said.code.default(null),
  nameEn: said.nameEn.optional().meta({ description: 'without it, the Thai name' }),
  address: said.address.default(null),
  capacity: said.capacity.default(null),
  hours: desk.hours.default(null),
  contacts: desk.contacts.default([]),
})
export const editFacilityBody = z.strictObject({ version, ...z.strictObject({ ...said, ...desk }).partial().shape })
export const deskBody = z.strictObject({ version, ...z.strictObject(desk).partial().shape })
export const closeFacilityBody = z.strictObject({ version, reason: z.enum(CLOSE_REASONS) })
export const reopenFacilityBody = z.strictObject({ version })
export const mergeFacilityBody = z.strictObject({
  version,
  into: facilityId.meta({ description: 'the entry that stays: beds, doses, transfers, cases and accounts go to it' }),
})

export const facilityAnswer = z
  .object({
    id: z.number(),
    version: z.number(),
    code: z.string().nullable(),
    kind: z.enum(FACILITY_KINDS),
    district: z.string(),
    nameTh: z.string(),
    nameEn: z.string(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    hours: z.string().nullable(),
    address: z.string().nullable(),
    capacity: z.string().nullable(),
    contacts: z.array(z.object({ desk: z.enum(DESK_ROLES), phone: z.string(), note: z.string().nullable() })),
    active: z.boolean(),
    closedAt: z.number().nullable(),
    mergedInto: z.number().nullable(),
    reportedAt: z.number().nullable(),
    dueHours: z
      .number()
      .nullable()
      .meta({ description: 'hours after which its report is overdue; null: it has no deadline' }),
    may: z.object({ register: z.boolean(), desk: z.boolean() }),
  })
  .meta({ id: 'Facility' })

export const facilityHistoryQuery = z.object({ before: idParam.optional(), limit: pageSize })
export const facilityHistoryAnswer = z.object({
  events: z.array(
    z.object({
      id: z.number(),
      at: z.number(),
      kind: z.enum(FACILITY_EVENTS),
      by: z.string(),
      changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
    }),
  ),
  cursor: z.number().nullable(),
})

export const FACILITY_FILE_FORMATS = ['csv', 'xlsx'] as const
export const facilityExportQuery = z.object({
  area: areaCode,
  format: z.enum(FACILITY_FILE_FORMATS),
  kind: z.enum(FACILITY_KINDS).optional(),
})
export const facilityTemplateQuery = z.object({ format: z.enum(FACILITY_FILE_FORMATS) })

/** Characters of a file in base64: what fits into a request (BODY_BYTES_MAX). */
const FILE_LENGTH_MAX = 1_400_000
export const facilityImportBody = z.strictObject({
  name: typed(200),
  file: z.base64().max(FILE_LENGTH_MAX).meta({ description: 'the CSV or XLSX file, in base64' }),
  apply: z.string().max(64).optional().meta({
    description: 'the `plan` of the preview that was looked at; without it, only a preview is made',
  }),
  acceptApart: z.boolean().default(false).meta({ description: 'keep pins that lie outside their province' }),
  language: z.enum(['en', 'th']).default('en').meta({ description: 'of what is said of bad rows' }),
})

const change = z.object({
  line: z.number(),
  what: z.enum(['add', 'change']),
  id: z.number().nullable(),
  name: z.string(),
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
})
export const facilityImportAnswer = z
  .object({
    plan: z.string(),
    written: z.boolean(),
    add: z.number(),
    change: z.number(),
    leave: z.number(),
    items: z.array(change).meta({ description: 'the first of what is added or changed, field by field' }),
    errors: z.array(z.object({ line: z.number(), message: z.string() })).meta({ description: 'the first bad rows' }),
    bad: z.number().meta({ description: 'how many rows are bad; nothing is written then' }),
  })
  .meta({ id: 'FacilityImport' })
