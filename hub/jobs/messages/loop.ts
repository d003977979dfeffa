import { setTimeout as sleep } from 'node:timers/promises'
import { createPool, SILENT_MS } from '../../../db/client.ts'
import {
  claimMessages,
  type DueMessage,
  giveUp,
  markFailed,
  markSent,
  noticeLeases,
  spreadNotices,
} from '../../../db/queries/outbox.ts'
import { reachOf } from '../../authorize/table.ts'
import { MESSAGE_CHANNELS, type MessageChannel } from '../../contract/vocabulary/notifications.ts'
import { ROLES } from '../../contract/vocabulary/roles.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Logger } from '../../runtime/logger.ts'
import type { Metrics } from '../../runtime/metrics.ts'
import type { Delivery } from '../../senders/delivery.ts'
import { nextTry } from './retry.ts'

/** How one message leaves, by its channel. */
export type Ways = Readonly<Record<MessageChannel, (message: DueMessage) => Promise<Delivery>>>

export type MessagesOptions = {
  /** the owner's: it reads what the role of the API may not */
  readonly url: string
  readonly ways: Ways
  /** ms by severity before the end of a claim */
  readonly warnMs: Readonly<Record<string, number>>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** whether this process is the one that sends */
  leads(): boolean
  readonly tickMs?: number
}

export type Messages = { stop(): Promise<void> }

const TICK_MS = 500
const RETRY_MS = 2_000
const CONNECTIONS_MAX = 3
const LEASES_EVERY_MS = 5_000
/** Messages of a channel on their way at once: a mail server that hangs holds up no push. */
const AT_ONCE: Readonly<Record<MessageChannel, number>> = { push: 32, mail: 4, webhook: 8 }
const CLAIMERS = ROLES.filter((role) => reachOf(role, 'case.claim') !== 'deny')

export const countMessages = (metrics: Metrics) =>
  metrics.counter('messages_total', 'Messages to devices, mail boxes and webhooks', ['channel', 'result'])

/**
 * Sends what waits in the outbox, in the process that leads. A message is claimed before it is sent and marked after: a
 * process that dies in between leaves it claimed, and giveUp() says what becomes of it.
 */
export function startMessages(options: MessagesOptions): Messages {
  const { url, ways, warnMs, clock, logger, metrics, leads, tickMs = TICK_MS } = options
  const pool = createPool(url, {
    ...{ connectionsMax: CONNECTIONS_MAX, applicationName: 'jitasa messages', silentMs: SILENT_MS },
  })
  const counted = countMessages(metrics)
  const stopping = new AbortController()
  const underWay: Record<MessageChannel, Set<Promise<void>>> = { push: new Set(), mail: new Set(), webhook: new Set() }
  let leasesAt = 0

  async function deliver(message: DueMessage): Promise<void> {
    const { id, channel, kind } = message
    const delivery = await ways[channel](message)
    const now = clock.now()
    if (delivery.kind === 'sent') {
      counted.inc({ channel, result: 'sent' })
      return markSent(pool, message, now)
    }
    const again = delivery.again ? nextTry(message.attempts, now, message.useful_until.getTime()) : undefined
    counted.inc({ channel, result: again === undefined ? 'failed' : 'again' })
    logger.warn({ message: id, channel, kind, failure: delivery.failure, why: delivery.why, again }, 'not sent')
    return markFailed(pool, message, delivery.failure, again)
  }

  async function tick(): Promise<void> {
    const now = clock.now()
    if (now - leasesAt >= LEASES_EVERY_MS) {
      leasesAt = now
      await noticeLeases(pool, now, warnMs)
    }
    await spreadNotices(pool, now, CLAIMERS)
    await giveUp(pool, now)
    for (const channel of MESSAGE_CHANNELS) {
      const room = AT_ONCE[channel] - underWay[channel].size
      if (room === 0) continue
      for (const message of await claimMessages(pool, channel, room, now)) {
        const sending = deliver(message)
          .catch((error: unknown) => logger.warn({ err: error, message: message.id }, 'a message stays claimed'))
          .finally(() => underWay[channel].delete(sending))
        underWay[channel].add(sending)
      }
    }
  }

  async function live(): Promise<void> {
    while (!stopping.signal.aborted) {
      let waitMs = tickMs
      if (leads()) {
        await tick().catch((error: unknown) => {
          logger.warn({ err: error }, 'messages: a round was not finished; trying again')
          waitMs = RETRY_MS
        })
      }
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
    await Promise.all(MESSAGE_CHANNELS.flatMap((channel) => [...underWay[channel]]))
    await pool.end()
  }

  const running = live()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
