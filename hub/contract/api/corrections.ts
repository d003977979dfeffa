import { z } from 'zod'
import { CORRECTION_ENDS, CORRECTION_REFUSALS, CORRECTION_STATES } from '../vocabulary/corrections.ts'
import { STAGES } from '../vocabulary/stages.ts'
import { afterId, areaCode, pageSize } from './common.ts'

export const correctionsQuery = z.object({
  area: areaCode,
  show: z.enum(['open', 'closed']).default('open').meta({ description: 'open: the oldest first; closed: the newest' }),
  after: afterId,
  limit: pageSize,
})

/** How it stands, as its person is told too: nothing of who has closed it. Times: ms since 1970. */
export const correctionStanding = z.object({
  state: z.enum(CORRECTION_STATES),
  askedAt: z.number(),
  dueAt: z.number().meta({ description: 'within 30 days of being asked for' }),
  closedAt: z.number().nullable(),
  because: z.enum(CORRECTION_ENDS).nullable().meta({ description: 'why it was refused' }),
})

/** What its person wrote stands in the notes of the case, which are opened as any other personal data. */
export const correctionView = correctionStanding
  .extend({
    id: z.number(),
    case: z.number(),
    district: z.string(),
    place: z.string(),
    stage: z.enum(STAGES),
    late: z.boolean(),
    closedBy: z.string().nullable().meta({ description: 'organisation and call-sign, never a person’s name' }),
  })
  .meta({ id: 'Correction' })

export const correctionsAnswer = z.object({
  corrections: z.array(correctionView),
  cursor: z.number().nullable().meta({ description: 'the `after` of the next page; null: this was the last' }),
  total: z.number().nullable().meta({ description: 'on all pages; only the first page says it' }),
  late: z.number().nullable().meta({ description: 'open ones past their day; only the first page says it' }),
})

export const closeCorrectionBody = z.strictObject({
  because: z
    .enum(CORRECTION_REFUSALS)
    .optional()
    .meta({ description: 'why it is refused; without it, the correction was made' }),
})
export const correctionAnswer = z.object({ correction: correctionView, event: z.number() })
