import { z } from 'zod'
import { CLOSE_NEED_REASONS, NEED_KINDS } from '../vocabulary/needs.ts'
import { CLOSE_REASONS } from '../vocabulary/stages.ts'
import { needView } from './cases.ts'

/** The newest of one day; `total` counts the rest too. */
export const ENDED_MAX = 200

const at = z.number().meta({ description: 'ms since 1970' })

export const myWorkAnswer = z
  .object({
    day: z.string().meta({ description: 'the calendar’s day in Bangkok' }),
    held: z.array(needView).meta({ description: 'what you hold, the lease that ends first at the top' }),
    ended: z
      .array(
        z.discriminatedUnion('what', [
          z.object({
            what: z.literal('need'),
            event: z.number(),
            caseId: z.number(),
            at,
            kind: z.enum(NEED_KINDS),
            how: z.enum(['fulfilled', 'transferred', 'closed']),
            reason: z.enum(CLOSE_NEED_REASONS).nullable().meta({ description: 'of `closed`' }),
          }),
          z.object({
            what: z.literal('case'),
            event: z.number(),
            caseId: z.number(),
            at,
            reason: z.enum(CLOSE_REASONS),
          }),
        ]),
      )
      .meta({
        description: `needs and cases you ended today and that are still ended, the newest first; at most ${ENDED_MAX}`,
      }),
    total: z.number().meta({ description: 'how many of them there are' }),
  })
  .meta({ id: 'MyWork' })
