import { z } from 'zod'
import { BED_LEVELS } from '../vocabulary/beds.ts'
import { REPORT_KINDS, TARGET_GROUPS, VACCINES } from '../vocabulary/doses.ts'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'
import { TEST_KINDS } from '../vocabulary/tests.ts'
import { areaCode, countedAmount, countedDays, metric, pageSize, typed } from './common.ts'

export const reportsQuery = z.object({
  area: areaCode,
  metric: metric.meta({ description: 'doses, doses.1, doses.corrected, planned, tests, positive.atk, …' }),
  ...countedDays,
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: pageSize,
})

export const reportsAnswer = z.object({
  reports: z.array(
    z.object({
      id: z.number(),
      district: z.string(),
      facility: z.object({ id: z.number(), nameTh: z.string(), nameEn: z.string() }).nullable(),
      day: z.string(),
      kind: z.enum([...REPORT_KINDS, ...TEST_KINDS, 'plan']).meta({ description: 'of a report of tests, which test' }),
      dose: z.number().nullable(),
      group: z.enum(TARGET_GROUPS).nullable(),
      vaccine: z.enum(VACCINES).nullable(),
      amount: z.number(),
      positive: z.number().nullable(),
      given: z
        .number()
        .nullable()
        .meta({ description: 'of a plan: the doses of its day and site, or of its province without a site' }),
      sourceAt: z.number(),
      deviceAt: z.number().nullable().meta({
        description: 'what the clock of the device said, where that cannot be; `sourceAt` is then when it arrived',
      }),
      recordedAt: z.number(),
    }),
  ),
  cursor: z.number().nullable(),
  total: z.number().nullable().meta({ description: 'rows on all pages; only the first page says it' }),
  amount: countedAmount,
})

const SEARCH_LENGTH_MAX = 80
export const FACILITY_STATES = ['open', 'closed', 'unplaced', 'all'] as const

export const facilitiesQuery = z.object({
  area: areaCode,
  kind: z.enum(FACILITY_KINDS).optional(),
  state: z
    .enum(FACILITY_STATES)
    .default('open')
    .meta({ description: 'unplaced: open, and without a pin, so on no map; of a metric, all that have an amount' }),
  q: typed(SEARCH_LENGTH_MAX)
    .optional()
    .meta({ description: 'part of a name in either language, or the whole code or number' }),
  metric: metric.optional().meta({
    description:
      'the facilities behind a number of one bed level or of doses, the largest first; those of `kind` also with none',
  }),
  ...countedDays,
  cursor: z.string().max(200).optional(),
  limit: pageSize,
})

const beds = z.object({
  level: z.enum(BED_LEVELS),
  staffed: z.number(),
  available: z.number(),
  held: z.number(),
  occupied: z.number(),
  cleaning: z.number(),
  blocked: z.number(),
})

export const facilitiesAnswer = z.object({
  facilities: z.array(
    z
      .object({
        id: z.number(),
        code: z.string().nullable(),
        kind: z.enum(FACILITY_KINDS),
        district: z.string(),
        lat: z.number().nullable(),
        lon: z.number().nullable(),
        hours: z.string().nullable(),
        active: z.boolean(),
        mergedInto: z.number().nullable(),
        nameTh: z.string(),
        nameEn: z.string(),
        reportedAt: z.number().nullable().meta({ description: 'when its oldest level was counted' }),
        amount: z.number().meta({ description: 'what `metric` counts here; 0 without one' }),
        beds: z.array(beds),
      })
      .meta({ id: 'ListedFacility' }),
  ),
  cursor: z.string().nullable(),
  unnamed: z.number().meta({
    description: 'what `metric` counts in the area without a facility being named; 0 on all pages but the first',
  }),
  total: z.number().nullable().meta({ description: 'rows on all pages; only the first page says it' }),
  amount: countedAmount,
})
