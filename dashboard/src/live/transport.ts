/**
 * A carrier of protocol frames as text: `/live`, Socket.IO, or the one that falls back from the first to the second.
 * What stands above knows none of them. After `closed` no handler is called again, and `send` on a closed link does
 * nothing.
 */
export type TransportHandlers = {
  message(text: string): void
  /** a code of hub/contract/live/close.ts, or of RFC 6455 (1006: the link broke) */
  closed(code: number): void
}

export type TransportLink = { send(text: string): void; close(): void }

export type Transport = { open(handlers: TransportHandlers): TransportLink }

/** Close code of a link that broke, or never came about (RFC 6455 §7.1.5). */
export const BROKEN = 1006
