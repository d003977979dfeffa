import type { Action } from './actions.ts'

/** What an account may be told of outside the page: on its devices and by mail. */
export const NOTIFICATION_KINDS = ['alert', 'red_need', 'lease', 'offer', 'word', 'retention'] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** What concerns a place and nobody in particular, and so may go to another system. */
export const WEBHOOK_KINDS = ['alert', 'red_need'] as const

/** Whoever may do this anywhere may be told of it. */
export const ACTION_OF_KIND: Readonly<Record<NotificationKind, Action>> = {
  alert: 'alert.ack',
  red_need: 'case.claim',
  lease: 'case.claim',
  offer: 'case.claim',
  word: 'case.claim',
  retention: 'accounts.manage',
}

/** What a message may be, beyond what an account chooses: a test, and the code that confirms a mail address. */
export const MESSAGE_KINDS = [...NOTIFICATION_KINDS, 'test', 'code'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

export const MESSAGE_CHANNELS = ['push', 'mail', 'webhook'] as const
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number]

export const MESSAGE_STATES = ['due', 'sending', 'sent', 'failed'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/**
 * Why a message did not arrive. `gone`: the device no longer takes any and was removed. `unknown`: the line broke after
 * the message was handed over, and it is not sent again, for it may have arrived.
 */
export const MESSAGE_FAILURES = [
  'unreachable',
  'timeout',
  'refused',
  'gone',
  'too_late',
  'unknown',
  'not_set_up',
] as const
export type MessageFailure = (typeof MESSAGE_FAILURES)[number]

/** The two languages of accounts. */
export const ACCOUNT_LANGUAGES = ['th', 'en'] as const
export type AccountLanguage = (typeof ACCOUNT_LANGUAGES)[number]

export const CODE_DIGITS = 6
