import { z } from 'zod'

export const aliveAnswer = z.object({ alive: z.literal(true) })

export const readiness = z
  .object({
    ready: z.boolean(),
    source: z.enum(['starting', 'streaming', 'broken']),
    /** end LSN of the newest folded commit, bytes */
    position: z.number().int(),
    /** WAL written and not yet folded, bytes */
    lagBytes: z.number().int(),
    /** ms since PostgreSQL was last heard; `null` before the first time */
    silenceMs: z.number().nullable(),
    why: z.string().nullable(),
    /** pids of PostgreSQL's sessions whose open transactions hold up the change feed */
    heldUpBy: z.array(z.number().int()),
    /** of several workers; the others serve while one is started again */
    workers: z.object({ wanted: z.number().int(), serving: z.number().int(), why: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Readiness' })
