import { z } from 'zod'
import { beat, delta, hello, position } from './messages.ts'

/**
 * The feed that any cache can serve (PROTOCOL.md, "Feed"): an index that lives for a second, and deltas and snapshots
 * that never change. Its messages are the wire's own.
 */
export const feedIndex = z
  .object({
    /** which epoch, as a socket is greeted */
    hello,
    /** how fresh the hub is, as a socket hears it */
    beat,
    /** the newest mark, and the checksum of the scope there */
    to: position,
    sum: delta.shape.sum,
    /** where the newest snapshot stands */
    snapshot: position,
    /** `[from, to]` of the deltas there are, of all lengths, oldest first */
    steps: z.array(z.tuple([position, position])),
    /** what whoever asked wanted to hear again; an answer that says it was made for them */
    echo: z.string().optional(),
    /** `hashText` of the JSON text of all that stands before it */
    check: delta.shape.sum,
  })
  .meta({ id: 'FeedIndex' })
export type FeedIndex = z.infer<typeof feedIndex>

/** `scarce`: visitors are to read the feed, sockets are kept for those with an account. */
export const feedAdvice = z.object({ sockets: z.enum(['open', 'scarce']) }).meta({ id: 'FeedAdvice' })
export type Sockets = z.infer<typeof feedAdvice>['sockets']
