import { z } from 'zod'
import { boundArea, typed } from './common.ts'

const screen = z
  .object({
    id: z.uuid(),
    name: z.string(),
    area: z.string(),
    disabled: z.boolean(),
    since: z.iso.datetime(),
    on: z.boolean().meta({ description: 'it shows live numbers now' }),
    seenAt: z.iso.datetime().nullable().meta({ description: 'when it last did, to the minute; null: never' }),
  })
  .meta({ id: 'Screen' })
export const screensAnswer = z.object({ screens: z.array(screen) })

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
export const deviceToken = z.object({ expires_in: z.number() })
