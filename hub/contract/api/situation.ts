import { z } from 'zod'
import { delta } from '../live/messages.ts'

/** The wire's delta, as OpenAPI can say it. */
export const feedDelta = delta
  .extend({
    s: delta.shape.s.meta({ type: 'string' }),
    r: z.array(delta.shape.r.element.meta({ type: 'array', items: {} })),
  })
  .meta({ id: 'Delta' })

/** All cells and rows of a scope: a delta from the beginning. */
export const snapshot = feedDelta.extend({ from: z.literal(0) }).meta({ id: 'Snapshot' })
