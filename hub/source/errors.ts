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

/** A new snapshot that is wanted: not a failure. */
export class Resnapshot extends Error {
  override readonly name = 'Resnapshot'
}

/** One that a change of the schema wants, after a life in which all went well. */
export class SchemaChanged extends Resnapshot {}

export function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value))
}

/** @throws SourceError `link_silent` when `work` is not done in time; the caller then closes what it waits for */
export async function within<T>(msMax: number, what: string, work: Promise<T>, who = 'PostgreSQL'): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(new SourceError('link_silent', `${who} does not answer: ${what} took more than ${msMax / 1000} s`))
  }, msMax)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
