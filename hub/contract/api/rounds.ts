import { z } from 'zod'
import { ROUND_SETTINGS } from '../vocabulary/rounds.ts'
import { TEST_KINDS } from '../vocabulary/tests.ts'
import { acceptImplausible, areaCode, day, pageSize, placeCode } from './common.ts'

const TESTS_MAX = 1_000_000
const result = z
  .strictObject({
    kind: z.enum(TEST_KINDS),
    tested: z.number().int().min(1).max(TESTS_MAX),
    positive: z.number().int().min(0).max(TESTS_MAX),
  })
  .refine(({ tested, positive }) => positive <= tested, { path: ['positive'], message: 'positive_more' })

/** A round of active case finding with its result. Its tests are counted with all others, once. */
export const roundBody = z.strictObject({
  area: placeCode,
  setting: z.enum(ROUND_SETTINGS),
  day: day.optional(),
  acceptImplausible,
  results: z
    .array(result)
    .min(1)
    .max(TEST_KINDS.length)
    .refine((results) => new Set(results.map(({ kind }) => kind)).size === results.length, 'test_twice'),
})

const round = z
  .object({
    id: z.number(),
    district: z.string(),
    place: z.string().meta({ description: 'a sub-district, or the district' }),
    setting: z.enum(ROUND_SETTINGS),
    day: z.string(),
    by: z.string(),
    recordedAt: z.number(),
    results: z.array(z.object({ kind: z.enum(TEST_KINDS), tested: z.number(), positive: z.number() })),
  })
  .meta({ id: 'Round' })

export const roundAnswer = z.object({ round, late: z.boolean() })
export const roundsQuery = z.object({
  area: areaCode,
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: pageSize,
})
export const roundsAnswer = z.object({ rounds: z.array(round), cursor: z.number().nullable() })
