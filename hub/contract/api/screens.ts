import { z } from 'zod'
import {
  hasText,
  ORDER_MINUTES_MAX,
  ORDER_SCENES,
  ORDER_STATES,
  ORDER_TEXT_MAX,
  SCREEN_ORDERS,
  sceneOfText,
} from '../vocabulary/screens.ts'
import { boundArea, typed } from './common.ts'

/** Screens that one order is for. */
const ORDERED_MAX = 500

/** Times: ms since 1970. */
const link = z
  .object({
    since: z.number().meta({ description: 'of the link; when it has none, of the last' }),
    goneSince: z.number().nullable().meta({ description: 'it has no link since then' }),
    behindSince: z
      .number()
      .nullable()
      .meta({ description: 'something newer than what it has painted was sent to it then' }),
    position: z.number(),
    paintedAt: z.number().meta({ description: '0: it has painted nothing yet' }),
    scene: z.string().nullable(),
    fps: z.number().nullable(),
    latencyMs: z.number().nullable().meta({ description: 'commit to paint, median of a minute' }),
    isOld: z.boolean().meta({ description: 'its page is of another build than the hub serves' }),
    width: z.number().nullable(),
    height: z.number().nullable(),
  })
  .meta({ id: 'ScreenLink' })

const order = z
  .object({
    id: z.number(),
    kind: z.enum(SCREEN_ORDERS),
    text: z.string().nullable(),
    state: z.enum(ORDER_STATES),
    at: z.number(),
    until: z.number(),
    takenAt: z.number().nullable().meta({ description: 'the screen has shown it; null and ended: it never did' }),
  })
  .meta({ id: 'ScreenOrder' })

const screen = z
  .object({
    id: z.uuid(),
    name: z.string(),
    area: z.string(),
    disabled: z.boolean(),
    since: z.iso.datetime(),
    on: z.boolean().meta({ description: 'it shows live numbers now' }),
    seenAt: z.iso.datetime().nullable().meta({ description: 'when it last did, to the minute; null: never' }),
    link: link.nullable().meta({ description: 'what it says of itself; null: nothing since the hub started' }),
    order: order.nullable().meta({ description: 'what it was told last' }),
  })
  .meta({ id: 'Screen' })
export const screensAnswer = z.object({
  screens: z.array(screen),
  silent: z
    .array(z.string())
    .meta({ description: 'hubs of the fleet that did not answer: of their screens nothing is known' }),
})

export const orderBody = z
  .strictObject({
    screens: z.array(z.uuid()).min(1).max(ORDERED_MAX),
    kind: z.enum(SCREEN_ORDERS),
    text: typed(ORDER_TEXT_MAX)
      .optional()
      .meta({ description: 'of a message; of a scene: next, previous, or one of its list: `50 situation`' }),
    minutes: z.int().min(1).max(ORDER_MINUTES_MAX).default(5).meta({ description: 'of a message, a scene, a pause' }),
  })
  .refine(({ kind, text }) => !hasText(kind) || text !== undefined, { path: ['text'], message: 'required' })
  .refine(({ kind, text = '' }) => kind !== 'scene' || ORDER_SCENES.includes(text) || sceneOfText(text) !== undefined, {
    path: ['text'],
    message: 'choice',
  })
  .refine(({ kind, text }) => hasText(kind) || text === undefined, { path: ['text'], message: 'unknown_field' })
export const orderedAnswer = z.object({ until: z.number().meta({ description: 'ms since 1970' }) })

export const approveScreenBody = z.object({ code: typed(20), name: typed(80), area: boundArea })
export const approveScreenAnswer = z.object({ id: z.uuid() })
export const moveScreenBody = z.object({ area: boundArea })

/** RFC 8628 §3.1 to 3.5: the answers are the standard's. */
export const deviceCodeBody = z.object({ client_id: z.string().max(60) })
export const deviceCode = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
  expires_in: z.number(),
  interval: z.number(),
})
export const deviceTokenBody = z.object({
  grant_type: z.literal('urn:ietf:params:oauth:grant-type:device_code'),
  device_code: z.string().regex(/^[\w-]{1,200}$/),
  client_id: z.string().max(60),
})
/** 256 random bits, base64url. */
const screenKey = z.string().regex(/^[\w-]{43}$/)
export const deviceToken = z.object({
  expires_in: z.number(),
  screen_key: screenKey.meta({
    description: 'the page keeps it: by it the screen comes back when its cookies are lost',
  }),
})
export const returnBody = z.object({ screen_key: screenKey })
export const returnAnswer = z.object({ expires_in: z.number() })
