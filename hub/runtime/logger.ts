import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

export type { Logger }

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Credentials never reach the log, wherever a request or an error object carries them. */
const SECRET_PATHS = ['authorization', 'cookie', 'password', 'token'].flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** What of a PostgreSQL error is safe to write down. `detail`, `where` and the rest quote rows: names, phones. */
const DATABASE_ERROR_KEYS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

/** An error as the log has it; a sentence stays one. PostgreSQL quotes the values it refuses; they are left out. */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (!('severity' in error) || !('routine' in error)) return stdSerializers.err(error)
  const kept = DATABASE_ERROR_KEYS.map((key) => [key, (error as unknown as Record<string, unknown>)[key]])
  const message = error.message.replace(/"[^"]*"|'[^']*'/g, '"…"')
  const stack = error.stack?.split('\n').slice(1).join('\n')
  return { type: 'DatabaseError', message, ...Object.fromEntries(kept), stack }
}

/** Logs one JSON object a line to stdout, or to `destination`. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { err: errorForLog, error: errorForLog },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
