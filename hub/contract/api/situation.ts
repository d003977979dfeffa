import { z } from 'zod'
import { delta } from '../live/messages.ts'

/** All cells and rows of a scope: the wire's delta from the beginning. */
export const snapshot = delta
  .extend({
    s: delta.shape.s.meta({ type: 'string' }),
    from: z.literal(0),
    r: z.array(delta.shape.r.element.meta({ type: 'array', items: {} })),
  })
  .meta({ id: 'Snapshot' })
