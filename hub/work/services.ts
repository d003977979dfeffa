import { createHmac } from 'node:crypto'
import { type Limit, limitOf } from '../runtime/limits.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Metrics } from '../runtime/metrics.ts'
import { type Budget, COUNTRIES, PER_HOUR, type Reach } from '../runtime/reach.ts'
import { createLogSender } from '../senders/log.ts'
import { createOutbox, type Outbox, type Sender } from '../senders/sender.ts'
import { createWebhookSender } from '../senders/webhook.ts'
import { createPuzzleGate, type PuzzleBounds, type PuzzleGate } from './help/puzzle.ts'
import { LEASE_MS, type LeaseTimes } from './needs/lease.ts'

/** New requests for help. A mobile carrier puts thousands of phones behind one address, a shelter hundreds behind one router. */
export const REQUESTS_PER_ADDRESS_AND_MINUTE = 60
/** The same number from the same address: a household, or somebody who plays. */
export const REQUESTS_PER_PHONE_AND_ADDRESS_AND_HOUR = 10
/** The same number from anywhere. Anybody can type it, so it stops a flood and not its owner: codes have a limit of their own. */
export const REQUESTS_PER_PHONE_AND_HOUR = 100
/** Looks at a status page, tries of a code: 2^65 codes are out of reach at any such rate. */
export const LOOKS_PER_ADDRESS_AND_MINUTE = 240
/** Text messages to one phone: they cost money, and can be used to annoy somebody. */
export const MESSAGES_PER_PHONE_AND_HOUR = 4
/** Red requests of one network (/24, /48) in ten minutes, per process; more are taken, and stand apart until they are confirmed. */
export const REDS_PER_NETWORK_AND_10_MINUTES = 20
export const DUPLICATE_CHECKS_PER_ACCOUNT_AND_MINUTE = 60

export type CaseWork = {
  readonly leases: LeaseTimes
  readonly outbox: Outbox
  readonly sender: Sender['name']
  readonly reach: Reach
  /** A text message was not sent because this budget is used up. */
  onSpent(budget: Budget): void
  readonly limits: {
    readonly requests: Limit
    readonly requestsOfPhoneAndAddress: Limit
    readonly requestsOfPhone: Limit
    readonly redsOfNetwork: Limit
    /** text messages that say a tracking code again */
    readonly remindersOfPhone: Limit
    readonly looks: Limit
    readonly duplicateChecks: Limit
  }
  /** of requests without an account, when many come */
  readonly puzzles: PuzzleGate
  /** HMAC-SHA256 under the hub's secret: what is compared but not to be read from the database. */
  keyed(purpose: string, text: string): Buffer
}

export type CaseWorkOptions = {
  readonly secret: string
  readonly logger: Logger
  readonly metrics: Metrics
  /** SMS_WEBHOOK_URL; without it messages go to the log in a drill, and nowhere in a live operation */
  readonly smsWebhookUrl?: string | undefined
  readonly sender?: Sender | undefined
  readonly leases?: LeaseTimes | undefined
  readonly reach?: Reach | undefined
  readonly puzzles: PuzzleBounds
}

/** `budget_…`: not sent, for that budget of the hour is used up: somebody pumps messages, or the budget is too small. */
export function countTextMessages(metrics: Metrics) {
  const messages = metrics.counter('text_messages_total', 'Text messages by what became of them', ['result'])
  // From 0, so that the first one raises the alarm too.
  for (const name of ['block', 'country', 'all'] satisfies Budget['name'][])
    messages.inc({ result: `budget_${name}` }, 0)
  return messages
}

/** Which limits of those without an account count what they refuse: a flood raises an alarm, and so does one that is too small. */
const COUNTED = ['address', 'phone_and_address', 'phone', 'looks'] as const

/** @returns what makes a limit count its refusals */
export function countRefusals(metrics: Metrics) {
  const refused = metrics.counter(
    'help_refused_total',
    'Requests for help and looks at them that were told to wait, by the limit that said so',
    ['limit'],
  )
  // From 0, so that the first one raises the alarm too.
  for (const limit of COUNTED) refused.inc({ limit }, 0)
  return (name: (typeof COUNTED)[number], limit: Limit): Limit => ({
    async take(key) {
      const seconds = await limit.take(key)
      if (seconds !== undefined) refused.inc({ limit: name })
      return seconds
    },
  })
}

/** CaseWork.keyed of a secret. */
export const keyedBy =
  (secret: string): CaseWork['keyed'] =>
  (purpose, text) =>
    createHmac('sha256', secret).update(`${purpose}:${text}`).digest()

export function createCaseWork(options: CaseWorkOptions): CaseWork {
  const { secret, logger, metrics, smsWebhookUrl } = options
  const sender =
    options.sender ?? (smsWebhookUrl === undefined ? createLogSender(logger) : createWebhookSender(smsWebhookUrl))
  if (sender.name === 'log')
    logger.info(
      'SMS_WEBHOOK_URL is not set: a drill logs text messages, a live operation sends none and checks no phone',
    )
  const messages = countTextMessages(metrics)
  const counting = countRefusals(metrics)
  return {
    leases: options.leases ?? LEASE_MS,
    sender: sender.name,
    outbox: createOutbox(sender, (result, error) => {
      messages.inc({ result })
      if (result !== 'sent') logger.warn({ err: error, result }, 'a text message was not sent')
    }),
    reach: options.reach ?? { countries: COUNTRIES, perHour: PER_HOUR },
    onSpent({ name, key, max }) {
      messages.inc({ result: `budget_${name}` })
      logger.warn(
        { budget: name, key, max },
        'a budget of text messages is used up for this hour: somebody may be pumping them',
      )
    },
    limits: {
      requests: counting('address', limitOf(REQUESTS_PER_ADDRESS_AND_MINUTE, 60)),
      requestsOfPhoneAndAddress: counting('phone_and_address', limitOf(REQUESTS_PER_PHONE_AND_ADDRESS_AND_HOUR, 3600)),
      requestsOfPhone: counting('phone', limitOf(REQUESTS_PER_PHONE_AND_HOUR, 3600)),
      redsOfNetwork: limitOf(REDS_PER_NETWORK_AND_10_MINUTES, 600),
      remindersOfPhone: limitOf(MESSAGES_PER_PHONE_AND_HOUR, 3600),
      looks: counting('looks', limitOf(LOOKS_PER_ADDRESS_AND_MINUTE, 60)),
      duplicateChecks: limitOf(DUPLICATE_CHECKS_PER_ACCOUNT_AND_MINUTE, 60),
    },
    puzzles: createPuzzleGate(keyedBy(secret), metrics, options.puzzles),
    keyed: keyedBy(secret),
  }
}
