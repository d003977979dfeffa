import { z } from 'zod'
import { CALL_OUTCOMES, CALL_REPORTS, CALL_RESULTS, CALL_STATES } from '../vocabulary/calls.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { accountKey, areaCode, id, sourceAt, typed } from './common.ts'
import { phone } from './help.ts'

/** A call, as the exchange knows it, or as an agent types it in. Of a province of which no district is known: `NN00`. */
export const callBody = z.strictObject({
  area: z
    .string()
    .regex(/^\d{4}$/, 'area_unknown')
    .meta({ description: 'a district, or NN00' }),
  phone,
  report: z.enum(CALL_REPORTS).default('abandoned'),
  language: z.enum(LANGUAGES).default('th'),
  note: typed(500).optional(),
  rangAt: sourceAt.optional(),
  ref: z
    .string()
    .regex(/^[\x21-\x7e]{1,80}$/)
    .optional()
    .meta({
      description: 'the exchange’s own number of the call: told again, it moves the call on instead of making another',
    }),
})

export const endCallBody = z.strictObject({
  result: z.enum(CALL_RESULTS),
  case: id.optional().meta({ description: 'what became of it' }),
})

/** Times: ms since 1970. Without the number. */
export const callView = z
  .object({
    id: z.number(),
    district: z.string(),
    state: z.enum(CALL_STATES),
    language: z.enum(LANGUAGES),
    rangAt: z.number(),
    dueAt: z.number().nullable().meta({ description: 'until when the caller is to be called back' }),
    tries: z.number().meta({ description: 'attempts without an answer' }),
    holder: z.string().nullable(),
    holderKey: accountKey.nullable(),
    leaseUntil: z.number().nullable(),
    endedAt: z.number().nullable(),
    endedBy: z.string().nullable(),
    outcome: z.enum(CALL_OUTCOMES).nullable(),
    case: z.number().nullable(),
  })
  .meta({ id: 'Call' })

export const callAnswer = z.object({ call: callView })
export const takenCallAnswer = z.object({
  call: callView,
  phone: z.string(),
  note: z.string().nullable(),
})
export const callsQuery = z.object({ area: areaCode })
export const callsAnswer = z.object({
  calls: z.array(callView).meta({ description: 'ended in the last 24 hours, the latest first' }),
})
