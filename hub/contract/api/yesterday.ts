import { z } from 'zod'
import { delta } from '../live/messages.ts'

export const yesterdayQuery = z.object({
  area: z
    .string()
    .regex(/^(?:TH|\d{2})$/, 'area_unknown')
    .meta({ description: 'TH, or a province' }),
})

/** How a scope stood yesterday at this hour: `null` when nobody has marked it. */
export const yesterdayAnswer = z.object({
  mark: z
    .object({
      day: z.string().meta({ description: 'the operation’s day' }),
      at: z.number().meta({ description: 'ms since 1970' }),
      cells: delta.shape.c.meta({ description: 'stocks, and the flows of that day until then, as in a snapshot' }),
      oldest: z
        .array(z.object({ area: z.string(), measure: z.string(), at: z.number() }))
        .meta({ description: 'since when the oldest of each measure waited, ms since 1970' }),
    })
    .nullable(),
})
