import { z } from 'zod'
import type { Row } from './rows.ts'
import { isScope, type Scope } from './scopes.ts'

export { PROTOCOL_VERSION, VERSION_UNSAID } from './version.ts'

/** A commit's end LSN in the WAL, bytes since the cluster began. 0: nothing seen. Exact in a double up to 8 PiB. */
export const position = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const scope = z.custom<Scope>((value) => typeof value === 'string' && isScope(value), 'unknown scope')
const epoch = z.string().min(1).max(40)
const millis = z.number()

/** Client → hub: subscribe, or ask again after a gap. `at`: the position the client holds of this scope in epoch `e`. */
export const sub = z.strictObject({ t: z.literal('sub'), s: scope, at: position, e: epoch.optional() })
export const unsub = z.strictObject({ t: z.literal('unsub'), s: scope })
/** Client → hub: answered by `pong` with the hub's clock; the client takes its offset from the fastest round trip. */
export const ping = z.strictObject({ t: z.literal('ping'), n: z.number().int() })
/** Client → hub, sent for the metrics: the client folded to a wrong checksum (and asks for a snapshot), or was right again after `ms`. */
export const wrong = z.strictObject({ t: z.literal('wrong'), s: scope, ms: z.number().min(0).optional() })

/** Scopes that one `painted` may name; a page that follows more sends two. */
export const PAINTED_MAX = 12
/** A day. */
export const PAINT_TIME_MS_MAX = 86_400_000
/**
 * Client → hub, from walls (rule P1): what is on the screen, each `[scope, position, ms]`. `ms`: the longest from commit to
 * paint, by PostgreSQL's clock, of what was painted since the last; `null` where that is not known (an answer brings old commits).
 */
export const painted = z.strictObject({
  t: z.literal('painted'),
  e: epoch,
  p: z
    .array(z.tuple([scope, position, z.number().int().min(0).max(PAINT_TIME_MS_MAX).nullable()]))
    .min(1)
    .max(PAINTED_MAX),
})
export type Painted = z.infer<typeof painted>
/**
 * Client → hub, from walls (rule P2): what the screen is and how it does. `scene`: what it shows, in the page's words;
 * `fps`: frames a second that it can paint; `ms`: commit to paint, median of the last minute; `w`, `h`: of the page, CSS pixels.
 */
export const screen = z.strictObject({
  t: z.literal('screen'),
  scene: z.string().max(60),
  build: z.string().max(40),
  fps: z.number().int().min(0).max(1000).nullable(),
  ms: z.number().int().min(0).max(86_400_000).nullable(),
  w: z.number().int().min(0).max(100_000),
  h: z.number().int().min(0).max(100_000),
})
export type ScreenState = Omit<z.infer<typeof screen>, 't'>
export const clientMessage = z.discriminatedUnion('t', [sub, unsub, ping, wrong, painted, screen])
export type ClientMessage = z.infer<typeof clientMessage>

/** Hub → client, first: the epoch (one database, one timeline), the hub's clock, how often it flushes, beats and wants to hear what is painted. */
export const hello = z.strictObject({
  t: z.literal('hello'),
  v: z.number().int(),
  e: epoch,
  now: millis,
  tickMs: millis,
  beatMs: millis,
  paintMs: millis,
  build: z.string(),
})

const rowValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** `[column, area, value, area, value, …]`: the cells of one column. Values are the latest, never differences. */
const cellGroup = z.array(z.union([z.string(), z.number().int()]))
/**
 * Hub → client: all cells and rows of a scope that changed after `from`, as they are at `to`. `from: 0` replaces all.
 * `sum`: checksum of the whole scope at `to`. `at`: when the newest commit in it was made, ms since 1970 by PostgreSQL's clock.
 */
export const delta = z.strictObject({
  t: z.literal('delta'),
  s: scope,
  from: position,
  to: position,
  sum: z.number().int().min(0).max(0xffff_ffff),
  at: millis,
  c: z.array(cellGroup),
  r: z.array(z.custom<Row>((value) => z.array(rowValue).min(2).safeParse(value).success)),
  /** keys `kind/id` of rows that left the scope */
  x: z.array(z.string()),
})
export type Delta = z.infer<typeof delta>

/** Hub → client, after `beatMs` without anything else (rule C3): the hub lives; `live`: its link to PostgreSQL lives too; `to`: the position it has folded to; `lag`: ms. */
export const beat = z.strictObject({
  t: z.literal('beat'),
  now: millis,
  to: position,
  live: z.boolean(),
  lag: millis,
})
export const pong = z.strictObject({ t: z.literal('pong'), n: z.number().int(), now: millis })
/** Hub → client, to a wall: somebody asks what is on the screen; it says now what it has not said yet (rule P4). */
export const tell = z.strictObject({ t: z.literal('tell') })
export const deny = z.strictObject({
  t: z.literal('deny'),
  s: z.string(),
  code: z.enum(['unknown_scope', 'unauthenticated', 'forbidden', 'too_many']),
  message: z.string(),
})
/** Hub → client, before it closes: come back after `in` ms (already spread over the clients). */
export const bye = z.strictObject({ t: z.literal('bye'), code: z.number().int(), in: millis })
export const hubMessage = z.discriminatedUnion('t', [hello, delta, beat, pong, tell, deny, bye])
export type HubMessage = z.infer<typeof hubMessage>
export type Hello = z.infer<typeof hello>
export type Beat = z.infer<typeof beat>

/** Bytes of the largest message a client may send. */
export const CLIENT_MESSAGE_BYTES_MAX = 1024
/** Scopes one socket may hold. */
export const SCOPES_PER_SOCKET_MAX = 32
