import { z } from 'zod'
import { delta } from '../live/messages.ts'

/** A scope whose moments are marked. */
export const markedQuery = z.object({
  area: z
    .string()
    .regex(/^(?:TH|\d{2})$/, 'area_unknown')
    .meta({ description: 'TH, or a province' }),
})

const mark = z.object({
  day: z.string().meta({ description: 'the operation’s day' }),
  at: z.number().meta({ description: 'ms since 1970' }),
  cells: delta.shape.c.meta({ description: 'stocks, and the flows of that day until then, as in a snapshot' }),
  oldest: z
    .array(z.object({ area: z.string(), measure: z.string(), at: z.number() }))
    .meta({ description: 'since when the oldest of each measure waited, ms since 1970' }),
})

/** How a scope stood yesterday at this hour: `null` when nobody has marked it. */
export const yesterdayAnswer = z.object({ mark: mark.nullable() })

/** How a scope stood when the shift began: `null` when nobody has marked it since. */
export const shiftStartAnswer = z.object({
  startedAt: z.number().meta({
    description:
      'ms since 1970: of the area’s operational period, else the nation’s, else 0:00, 8:00 or 16:00 in Bangkok',
  }),
  mark: mark.nullable(),
})
