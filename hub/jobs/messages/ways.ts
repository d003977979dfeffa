import type { DueMessage } from '../../../db/queries/outbox.ts'
import type { MessageKind } from '../../contract/vocabulary/notifications.ts'
import type { Config } from '../../runtime/config.ts'
import { isHostOf, outwardHosts } from '../../runtime/outward.ts'
import { type Delivery, failed } from '../../senders/delivery.ts'
import { createHookSender } from '../../senders/hook.ts'
import { createMailSender } from '../../senders/mail.ts'
import { createPushSender, isPushService } from '../../senders/push.ts'
import { vapidKeys } from '../../senders/vapid.ts'
import type { Ways } from './loop.ts'
import { isOver, messageOf } from './words.ts'

export type WaysOptions = {
  readonly config: Pick<Config, 'pushServices' | 'smtpUrl' | 'smtpFrom' | 'webhookHosts' | 'outwardHosts'>
  readonly secret: string
  /** the address people use */
  readonly publicUrl: string
  readonly now: () => number
  /** ms that one message may take */
  readonly timeoutMs?: number
}

/** Somebody may die, or somebody else waits for an answer: it wakes a phone. */
const URGENT: readonly MessageKind[] = ['alert', 'red_need', 'lease', 'offer']
const NOT_SET_UP: Delivery = failed('not_set_up', false, 'this hub is not set up for it')

/** How messages leave this hub: what it is not set up for, and what is gone meanwhile, fails and says so. */
export function createWays({ config, secret, publicUrl, now, timeoutMs }: WaysOptions): Ways {
  const { pushServices, smtpUrl, smtpFrom } = config
  const subject = publicUrl.startsWith('https:') ? publicUrl : `mailto:${smtpFrom ?? 'nobody@localhost'}`
  const push = createPushSender(vapidKeys(secret), subject, timeoutMs)
  const mail = smtpUrl && smtpFrom ? createMailSender(smtpUrl, smtpFrom, timeoutMs) : undefined
  const hook = createHookSender(config.webhookHosts, timeoutMs)
  const host = new URL(publicUrl).hostname
  const listed = outwardHosts(config)
  const messageId = ({ id, created_at: at }: Pick<DueMessage, 'id' | 'created_at'>) => `<${id}.${at.getTime()}@${host}>`

  return {
    async push(message) {
      const { endpoint, p256dh, auth, useful_until: usefulUntil, kind } = message
      if (endpoint === null || p256dh === null || auth === null) return failed('gone', false, 'the device was removed')
      if (!isPushService(endpoint, pushServices)) return NOT_SET_UP
      return push(
        { endpoint, p256dh, auth },
        {
          ...messageOf(message, publicUrl),
          tag: tagOf(message),
          keptMs: usefulUntil.getTime() - now(),
          urgent: URGENT.includes(kind) && !isOver(message),
          ...(isOver(message) && { quiet: true }),
        },
      )
    },
    async mail(message) {
      if (mail === undefined) return NOT_SET_UP
      if (message.email === null) return failed('gone', false, 'the address was removed')
      return mail({
        ...messageOf(message, publicUrl),
        to: message.email,
        messageId: messageId(message),
        answers: message.thread && messageId(message.thread),
        at: message.created_at,
      })
    },
    async webhook(message) {
      const { url, template, authorization_value: authorization, kind, area } = message
      if (url === null || template === null) return failed('gone', false, 'the webhook was removed')
      const { hostname } = new URL(url)
      if (listed !== undefined && !isHostOf(hostname, listed)) {
        return failed('refused', false, `OUTWARD_HOSTS does not name ${hostname}`)
      }
      return hook(
        { url, template, authorization },
        { ...messageOf(message, publicUrl), kind, area, key: `${publicUrl} ${message.id}` },
      )
    },
  }
}

/** Red needs replace each other, and what is said of an alert what was said of it before; the rest stands for itself. */
function tagOf({ kind, notice, subject_id: subject }: DueMessage): string {
  if (kind === 'red_need') return kind
  return kind === 'alert' ? `alert-${subject}` : `${kind}-${notice}`
}
