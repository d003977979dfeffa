import { z } from 'zod'
import { BED_LEVELS, REFUSED_COUNT_REASONS } from '../vocabulary/beds.ts'
import { DOSE_NUMBERS, DOSE_ROWS_MAX, TARGET_GROUPS, VACCINES } from '../vocabulary/doses.ts'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'
import { STOCK_ITEMS } from '../vocabulary/stock.ts'
import { TEST_KINDS } from '../vocabulary/tests.ts'
import { UNIT_KINDS } from '../vocabulary/units.ts'
import { acceptImplausible, acceptSame, count, day, facilityParam, sourceAt } from './common.ts'

export const facilityParams = z.object({ id: facilityParam })

const bedLevel = z.strictObject({
  level: z.enum(BED_LEVELS),
  staffed: count.meta({ description: 'licensed, there and staffed: the sum of the five that follow' }),
  available: count,
  held: count.default(0),
  occupied: count,
  cleaning: count.default(0),
  blocked: count.default(0),
})

const careUnit = z.strictObject({
  kind: z.enum(UNIT_KINDS),
  total: count.meta({ description: 'there and fit for use' }),
  inUse: count,
})

/** Beds by level, never one number of free beds; and what care needs beside them. What is left out stays as it was. */
export const bedsBody = z
  .strictObject({
    sourceAt: sourceAt.meta({ description: 'when it was counted' }),
    acceptImplausible,
    levels: z
      .array(bedLevel)
      .max(BED_LEVELS.length)
      .refine((levels) => new Set(levels.map(({ level }) => level)).size === levels.length, 'level_twice')
      .default([]),
    units: z
      .array(careUnit)
      .max(UNIT_KINDS.length)
      .refine((units) => new Set(units.map(({ kind }) => kind)).size === units.length, 'part_twice')
      .default([]),
  })
  .refine(({ levels, units }) => levels.length + units.length > 0, { path: ['levels'], message: 'required' })

export const bedsAnswer = z
  .object({
    facility: z.number(),
    kind: z.enum(FACILITY_KINDS),
    nameTh: z.string(),
    nameEn: z.string(),
    district: z.string(),
    reportedAt: z.number().nullable(),
    levels: z.array(
      z.object({
        level: z.enum(BED_LEVELS),
        staffed: z.number(),
        available: z.number(),
        held: z.number(),
        occupied: z.number(),
        cleaning: z.number(),
        blocked: z.number(),
        reportedAt: z.number(),
      }),
    ),
    units: z.array(
      z.object({ kind: z.enum(UNIT_KINDS), total: z.number(), inUse: z.number(), reportedAt: z.number() }),
    ),
    waiting: z
      .array(
        z.object({
          level: z.enum(BED_LEVELS),
          occupied: z.number(),
          known: z.number().meta({ description: 'people who, as is known, lie in these beds' }),
          sourceAt: z.number(),
        }),
      )
      .meta({ description: 'counts that do not stand yet: the bed coordinator decides' }),
  })
  .meta({ id: 'Beds' })

export const takeCountBody = z.strictObject({
  level: z.enum(BED_LEVELS),
  sourceAt: z.number().int().meta({ description: 'of the count that was read, ms' }),
})
export const refuseCountBody = takeCountBody.extend({ reason: z.enum(REFUSED_COUNT_REASONS) })
export const countDecidedAnswer = z
  .object({ level: z.enum(BED_LEVELS), occupied: z.number().meta({ description: 'as it stands now' }) })
  .meta({ id: 'CountDecided' })

/** A file in base64, a third longer than it is. */
const FILE_LENGTH_MAX = 1_000_000
const bedCounts = z.object({
  staffed: z.number(),
  available: z.number(),
  held: z.number(),
  occupied: z.number(),
  cleaning: z.number(),
  blocked: z.number(),
})

/** Beds of many levels and facilities from a spreadsheet: looked at first, then reported, all of it or nothing. */
export const bedImportBody = z.strictObject({
  file: z.base64().min(1).max(FILE_LENGTH_MAX).meta({ description: 'a CSV or XLSX file, or copied cells, in base64' }),
  apply: z.string().max(64).optional().meta({
    description: 'the `plan` of the preview that was looked at; without it, only a preview is made',
  }),
  acceptImplausible,
  language: z.enum(['en', 'th']).default('en').meta({ description: 'of what is said of bad rows' }),
})

export const bedImportAnswer = z
  .object({
    plan: z.string(),
    written: z.boolean(),
    facilities: z.number(),
    levels: z.number(),
    items: z
      .array(
        z.object({
          line: z.number(),
          facility: z.number(),
          nameTh: z.string(),
          nameEn: z.string(),
          level: z.enum(BED_LEVELS),
          before: bedCounts.nullable().meta({ description: 'what stands' }),
          counts: bedCounts,
        }),
      )
      .meta({ description: 'the first of what is reported' }),
    errors: z.array(z.object({ line: z.number(), message: z.string() })).meta({ description: 'the first bad rows' }),
    bad: z.number().meta({ description: 'how many rows are bad; nothing is reported then' }),
  })
  .meta({ id: 'BedImport' })

const stockItem = z.strictObject({
  item: z.enum(STOCK_ITEMS),
  onHand: count.meta({ description: 'doses, cylinders, sets or kits that are there' }),
  perDay: count.meta({ description: 'used in a day, of late' }),
})

/** What a site has of what it uses up, for the days that it lasts. What is left out stays as it was. */
export const stockBody = z.strictObject({
  sourceAt: sourceAt.meta({ description: 'when it was counted' }),
  acceptImplausible,
  items: z
    .array(stockItem)
    .min(1)
    .max(STOCK_ITEMS.length)
    .refine((items) => new Set(items.map(({ item }) => item)).size === items.length, 'part_twice'),
})

export const stockAnswer = z
  .object({
    facility: z.number(),
    items: z.array(
      z.object({
        item: z.enum(STOCK_ITEMS),
        onHand: z.number(),
        perDay: z.number(),
        daysLeft: z.number().nullable().meta({ description: 'null: none of it is used' }),
        reportedAt: z.number(),
        late: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Stock' })

/** `report`: the Idempotency-Key it was sent with. */
export const undoReportBody = z.strictObject({ report: z.string().min(8).max(200) })
export const undoReportAnswer = z.object({ facility: z.number(), undone: z.literal(true) })

/** A dose count; a correction may be below zero, and takes back what was reported. */
const DOSES_MAX = 1_000_000
const doseRow = z.strictObject({
  dose: z.literal(DOSE_NUMBERS),
  group: z.enum(TARGET_GROUPS).default('general'),
  vaccine: z.enum(VACCINES).default('unknown'),
  doses: z
    .number()
    .int()
    .min(-DOSES_MAX)
    .max(DOSES_MAX)
    .refine((doses) => doses !== 0, 'number_zero'),
})

export const vaccinationsBody = z
  .strictObject({
    day: day.optional(),
    sourceAt: sourceAt.optional(),
    correction: z.boolean().default(false),
    acceptImplausible,
    acceptSame,
    rows: z.array(doseRow).min(1).max(DOSE_ROWS_MAX),
  })
  .refine(({ correction, rows }) => correction || rows.every(({ doses }) => doses > 0), {
    path: ['rows'],
    message: 'correction_only',
  })

const TESTS_MAX = 10_000_000
export const testsBody = z
  .strictObject({
    area: z.string().regex(/^\d{4}$/, 'area_unknown'),
    kind: z.enum(TEST_KINDS),
    day: day.optional(),
    sourceAt: sourceAt.optional(),
    correction: z.boolean().default(false),
    acceptImplausible,
    acceptSame,
    tested: z.number().int().min(-TESTS_MAX).max(TESTS_MAX),
    positive: z.number().int().min(-TESTS_MAX).max(TESTS_MAX),
  })
  .refine(({ correction, tested, positive }) => correction || (tested > 0 && positive >= 0), {
    path: ['tested'],
    message: 'correction_only',
  })
  .refine(({ tested, positive }) => Math.abs(positive) <= Math.abs(tested), {
    path: ['positive'],
    message: 'positive_more',
  })

export const reportAnswer = z.object({ ids: z.array(z.number()), day: z.string(), late: z.boolean() })
