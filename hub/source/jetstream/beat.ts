import { z } from 'zod'

/** How often the feeder says how it is, ms; and the silence after which nothing may call itself live. */
export const BEAT_MS = 250
export const BEAT_SILENCE_MS_MAX = 1250

const count = z.number().min(0)

/** What a feeder says beside the stream: how far it has published, and how its own feed is. */
export const beat = z.object({
  shape: z.string(),
  epoch: z.string(),
  /** where the newest published commit ends, and the stream's message that holds it */
  position: count,
  sequence: count,
  kind: z.enum(['starting', 'streaming', 'broken']),
  error: z.string().optional(),
  /** ms since PostgreSQL was last heard */
  silenceMs: count,
  lagMs: count,
  lagBytes: count,
  retainedBytes: count,
  heldUpBy: z.array(z.number().int()).readonly(),
})
export type Beat = z.infer<typeof beat>
