import { createSignal } from 'solid-js'

const [isUnreachable, setUnreachable] = createSignal(false)

/** Whether the last request had no answer, and none nor the live link has had one since. */
export const unreachable = isUnreachable

/** The hub has answered, here or on the live link. */
export function noteAnswer(): void {
  setUnreachable(false)
}

/** An error as the API says it, or `unreachable` when there was no answer. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }
}

type ErrorBody = { readonly error: { readonly code: string; readonly message: string; readonly details?: unknown } }

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error
}

export type RequestOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** sent as JSON */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/**
 * Ask the API for JSON. The caller names the shape; the hub's own schemas have checked it on the way out.
 * @throws ApiError for every answer that is not 2xx, and with code `unreachable` when there is none.
 */
export async function requestJson<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    // The hub says what is wrong in the language of the page, which may be another than the browser's.
    ...(document.documentElement.lang && { 'accept-language': document.documentElement.lang }),
    ...options.headers,
  }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  const response = await fetch(path, {
    method: options.method ?? 'GET',
    headers,
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    setUnreachable(true)
    throw new ApiError(0, 'unreachable', `No answer from ${path}`)
  })
  noteAnswer()
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (response.ok) return body as T
  if (isErrorBody(body)) throw new ApiError(response.status, body.error.code, body.error.message, body.error.details)
  throw new ApiError(response.status, 'bad_answer', `${path} answered ${response.status}`)
}

/** A field of a form that the hub found wrong; `message` is a sentence in the language of the page. */
export type WrongField = { readonly path: string; readonly message: string }

function isWrongField(entry: unknown): entry is WrongField {
  return typeof entry === 'object' && entry !== null && 'path' in entry && 'message' in entry
}

/** The fields that a refusal names; none when it is about the whole. */
export function wrongFields(error: ApiError): readonly WrongField[] {
  return Array.isArray(error.details) ? error.details.filter(isWrongField) : []
}
