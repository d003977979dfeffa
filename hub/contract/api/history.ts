import { z } from 'zod'

/** Counts by day; a day that nobody reported is not among them, one that was reported as 0 is. */
export const historyAnswer = z.object({
  area: z.string(),
  metric: z.string(),
  from: z.string(),
  to: z.string(),
  days: z.array(z.tuple([z.string(), z.number().int()])),
  reported: z
    .array(z.tuple([z.string(), z.number().int()]))
    .meta({ description: 'how many provinces reported each of these days' }),
  of: z.number().int().meta({ description: 'how many provinces could' }),
})
