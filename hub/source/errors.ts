export type SourceErrorCode =
  | 'catalogue'
  | 'slot'
  | 'operation_missing'
  | 'link_silent'
  | 'link_ended'
  | 'consumer_failed'
  | 'consumer_stuck'

/** Why the feed cannot start or broke. The message says what is wrong, where, and what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  readonly code: SourceErrorCode

  constructor(code: SourceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value))
}
