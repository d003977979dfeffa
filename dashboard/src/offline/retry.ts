import { ApiError } from '../api/http.ts'
import type { BatchResult, FieldError } from '../api/record.ts'
import type { QueueEvent, RecordRefusal } from './queue.ts'

const FIRST_DELAY_MS = 2_000
const DELAY_MAX_MS = 120_000
/** When the hub says "too often" and not for how long. */
const BUSY_DELAY_MS = 30_000

/** ms to wait after `tries` tries without an answer: doubles, at most two minutes, and half of it is chance, so that
 * the phones of a district do not all come back in the same second. @param random in [0, 1) */
export function retryDelay(tries: number, random: number): number {
  const full = Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** Math.min(tries, 16))
  return Math.round(full * (0.5 + random / 2))
}

export type Moment = { readonly now: number; readonly random: number }

/** What a request that failed as a whole means for each of its records. */
export type BatchFailure =
  | { readonly kind: 'again'; readonly event: (tries: number) => QueueEvent }
  /** the session has ended, or is somebody else's: nothing is sent until its account signs in */
  | { readonly kind: 'signed_out' }
  /** the hub refuses the request itself: one by one, then, so that a bad record does not hold up the others */
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal }

export function judgeFailure(error: unknown, { now, random }: Moment): BatchFailure {
  const again = (why: 'unreachable' | 'busy', floorMs: number): BatchFailure => ({
    kind: 'again',
    event: (tries) => ({ type: 'unreached', notBefore: now + Math.max(floorMs, retryDelay(tries, random)), why }),
  })
  if (!(error instanceof ApiError) || error.status === 0) return again('unreachable', 0)
  if (error.status === 401 || error.code === 'other_account') return { kind: 'signed_out' }
  if (error.status === 429) return again('busy', retryAfterMs(error.details))
  if (error.status === 408 || error.status >= 500 || error.code === 'bad_answer') return again('busy', 0)
  return { kind: 'refused', refusal: refusalOf(error.status, error) }
}

/** What one answer of a batch means for its record; a record the hub did not speak of is sent again. */
export function judgeResult(result: BatchResult | undefined, tries: number, { now, random }: Moment): QueueEvent {
  const again = (why: 'unreachable' | 'busy', floorMs = 0): QueueEvent => ({
    type: 'unreached',
    notBefore: now + Math.max(floorMs, retryDelay(tries, random)),
    why,
  })
  if (result === undefined) return again('unreachable')
  if (result.body !== null && result.status < 300) return { type: 'saved', now, answer: result.body }
  const { error, status } = result
  if (error === null || status === 401 || status === 408 || status >= 500) return again('busy')
  if (status === 429) return again('busy', retryAfterMs(error.details))
  return { type: 'refused', now, refusal: refusalOf(status, error) }
}

function retryAfterMs(details: unknown): number {
  const seconds =
    typeof details === 'object' && details !== null && 'seconds' in details ? Number(details.seconds) : Number.NaN
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : BUSY_DELAY_MS
}

function refusalOf(status: number, error: { code: string; message: string; details?: unknown }): RecordRefusal {
  const fields = Array.isArray(error.details) ? error.details.filter(isFieldError) : []
  return { status, code: error.code, message: error.message, fields }
}

function isFieldError(entry: unknown): entry is FieldError {
  return typeof entry === 'object' && entry !== null && 'path' in entry && 'message' in entry
}
