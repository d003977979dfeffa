/**
 * A carrier of protocol frames as text. `/live` is one, Socket.IO will be another; what stands above knows neither.
 * After `closed` no handler is called again, and `send` on a closed link does nothing.
 */
export type TransportHandlers = {
  message(text: string): void
  /** a code of hub/wire/close.ts, or of RFC 6455 (1006: the link broke) */
  closed(code: number): void
}

export type TransportLink = { send(text: string): void; close(): void }

export type Transport = { open(url: string, handlers: TransportHandlers): TransportLink }
