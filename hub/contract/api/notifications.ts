import { z } from 'zod'
import {
  ACCOUNT_LANGUAGES,
  CODE_DIGITS,
  MESSAGE_CHANNELS,
  MESSAGE_FAILURES,
  MESSAGE_KINDS,
  MESSAGE_STATES,
  NOTIFICATION_KINDS,
  WEBHOOK_KINDS,
} from '../vocabulary/notifications.ts'
import { accountEmail } from './accounts.ts'
import { boundArea, idParam, typed } from './common.ts'

export const DEVICES_MAX = 20
export const WEBHOOKS_MAX = 50

const kinds = z.array(z.enum(NOTIFICATION_KINDS)).max(NOTIFICATION_KINDS.length)
const language = z.enum(ACCOUNT_LANGUAGES)
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'wrong')
const quiet = z
  .strictObject({ from: timeOfDay, until: timeOfDay })
  .refine(({ from, until }) => from !== until, { path: ['until'], message: 'wrong' })
  .meta({ description: 'Bangkok time; nothing is sent in these hours, what is still of use comes afterwards' })

export const notificationsBody = z.strictObject({ kinds, language, quiet: quiet.nullable() })

export const emailBody = z
  .strictObject({ address: accountEmail.nullable(), language: language.default('th') })
  .meta({ description: 'a code is mailed there; `null`: no mail' })
export const confirmEmailBody = z.strictObject({ code: z.string().regex(new RegExp(`^\\d{${CODE_DIGITS}}$`), 'wrong') })

const base64url = (charactersMin: number, charactersMax: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${charactersMin},${charactersMax}}=*$`), 'wrong')
/** As PushSubscription.toJSON() of the browser gives it. */
export const deviceBody = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.strictObject({ p256dh: base64url(86, 88), auth: base64url(22, 24) }),
  label: typed(80).meta({ description: 'what the list of devices calls it' }),
  language: language.default('th'),
  replaces: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .optional()
    .meta({ description: 'the endpoint that the push service has given up: the device keeps its place and its label' }),
})

export const notificationParams = z.object({ id: idParam })

const device = z.object({
  id: z.number(),
  label: z.string(),
  createdAt: z.number(),
  lastOkAt: z.number().nullable().meta({ description: 'when its push service last took a message' }),
})
const message = z.object({
  id: z.number(),
  kind: z.enum(MESSAGE_KINDS),
  channel: z.enum(MESSAGE_CHANNELS),
  at: z.number(),
  state: z.enum(MESSAGE_STATES),
  failure: z.enum(MESSAGE_FAILURES).nullable(),
})

/** Everything of one's own; every call that changes it answers with it anew. */
export const notificationsAnswer = z
  .object({
    offered: kinds.meta({ description: 'what the role of the account may be told of' }),
    kinds,
    language,
    quiet: z.object({ from: z.string(), until: z.string() }).nullable(),
    pushKey: z.string().nullable().meta({ description: 'applicationServerKey; `null`: this hub sends no push' }),
    mail: z.boolean().meta({ description: 'whether this hub sends mail' }),
    email: z.object({ address: z.string(), confirmed: z.boolean() }).nullable(),
    devices: z.array(device),
    recent: z.array(message).meta({ description: 'the newest messages, newest first' }),
    device: z.number().optional().meta({ description: 'the one that was just switched on' }),
  })
  .meta({ id: 'Notifications' })

/** Objects and lists of texts; `{{title}}`, `{{body}}`, `{{url}}`, `{{kind}}`, `{{area}}` in a text are filled in. */
const template = z.record(z.string(), z.unknown()).refine((json) => JSON.stringify(json).length <= 4000, 'wrong')

export const webhookBody = z.strictObject({
  label: typed(80),
  url: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .meta({ description: 'https, or this machine itself' }),
  kinds: z.array(z.enum(WEBHOOK_KINDS)).min(1).max(WEBHOOK_KINDS.length),
  area: boundArea,
  language,
  template: template.meta({
    description:
      'the JSON that is sent; {{title}}, {{body}}, {{url}}, {{kind}} and {{area}} in its texts are filled in',
  }),
  authorization: z
    .string()
    .regex(/^[\x20-\x7e]{1,1000}$/, 'wrong')
    .optional()
    .meta({ description: 'the header Authorization, as `Bearer …`; never shown again' }),
})

export const webhook = z.object({
  id: z.number(),
  label: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(WEBHOOK_KINDS)),
  area: z.string(),
  language,
  template: z.record(z.string(), z.unknown()),
  createdAt: z.number(),
})
export const webhooksAnswer = z.object({ webhooks: z.array(webhook) })
