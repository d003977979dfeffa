import { createSignal } from 'solid-js'
import type { ErrorBody } from '../../../hub/contract/api/error.ts'
import { addressed } from '../../../hub/contract/api/first-answers.ts'
import type { AnswerOf, BodyOf, Route } from '../../../hub/contract/api/routes.ts'
import { screenNow } from '../clock.ts'
import { hearHubDate } from '../live/hubClock.ts'
import { takeFirstAnswer } from './firstAnswers.ts'

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

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error
}

/** Bodies are made of what nobody changes. */
type ReadonlyDeep<T> = T extends readonly (infer E)[]
  ? readonly ReadonlyDeep<E>[]
  : T extends object
    ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
    : T

type Query = Readonly<Record<string, string | number | undefined>>
type Filled = Readonly<Record<string, string | number>>
type Common = {
  /** parameters of the address; those that are empty are left out */
  readonly query?: Query
  /** the same key, sent any number of times, is one command */
  readonly key?: string
  /** the tracking code of a request for help: a header, for addresses are logged and kept */
  readonly code?: string
  /** the solution of the puzzle that the hub has asked for */
  readonly puzzle?: string | undefined
  readonly signal?: AbortSignal
}
type ParameterOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never
type Params<R extends Route> = [ParameterOf<R>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<ParameterOf<R>, string | number>> }
/** What a route answers, for who only reads it. */
export type Answer<R extends Route> = ReadonlyDeep<AnswerOf<R>>
/** The body of a route, as whoever asks makes it. */
export type AskingBody<R extends Route> = ReadonlyDeep<BodyOf<R>>
type Body<R extends Route> = undefined extends BodyOf<R> ? { readonly body?: never } : { readonly body: AskingBody<R> }

/** What goes along with a question: the parameters of its path and its body are those of the route. */
export type Asking<R extends Route> = Common & Params<R> & Body<R>
type Given<R extends Route> = Record<never, never> extends Asking<R> ? [asking?: Asking<R>] : [asking: Asking<R>]

let prove: (() => Promise<boolean>) | undefined

/**
 * Who asks the person to show again that it is them, when the hub wants to know. @param asks resolves when they have,
 * with `false` when they would not
 */
export function onProofNeeded(asks: () => Promise<boolean>): void {
  prove = asks
}

const hasCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code

/** What was asked, once more after a proof where the hub wanted one: it goes on where it was. */
async function proven<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await renewed(work)
  } catch (error) {
    if (!hasCode(error, 'proof_needed') || prove === undefined || !(await prove())) throw error
    return renewed(work)
  }
}

/** ms until each further try of what was asked with the token of before: the answer that brings the new one is on its way to this browser. */
export const RENEWED_AGAIN_MS: readonly number[] = [100, 300, 900, 2700]

/** Another tab has proven who is there, so that the session goes on under a new token; nothing was done with the old one. */
async function renewed<T>(work: () => Promise<T>, [wait, ...further] = RENEWED_AGAIN_MS): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (wait === undefined || !hasCode(error, 'session_renewed')) throw error
    await new Promise((resolve) => setTimeout(resolve, wait))
    return renewed(work, further)
  }
}

/** @returns the method and the address of a route */
function addressOf(route: Route, params: Filled, query: Query) {
  const [method = 'GET', path = ''] = route.split(' ')
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  return { method, path: addressed(filled, query) }
}

/**
 * Asks the API. The answer is of the type of the route's schema in hub/contract/api, by which the hub answers.
 * @throws ApiError for every answer that is not 2xx, and with code `unreachable` when there is none.
 */
export function ask<R extends Route>(route: R, ...asking: Given<R>): Promise<AnswerOf<R>>
export function ask(route: Route, asking: Common & { params?: Filled; body?: unknown } = {}): Promise<unknown> {
  return proven(() => askOnce(route, asking))
}

async function askOnce(
  route: Route,
  { params = {}, query = {}, key, code, puzzle, body, signal }: Common & { params?: Filled; body?: unknown },
): Promise<unknown> {
  const { method, path } = addressOf(route, params, query)
  const first = method === 'GET' ? takeFirstAnswer(path) : undefined
  if (first) return first.body
  const headers = new Headers({ accept: 'application/json' })
  // The hub says what is wrong in the language of the page, which may be another than the browser's.
  if (document.documentElement.lang) headers.set('accept-language', document.documentElement.lang)
  if (key !== undefined) headers.set('idempotency-key', key)
  if (code !== undefined) headers.set('tracking-code', code)
  if (puzzle !== undefined) headers.set('puzzle-solution', puzzle)
  if (body !== undefined) headers.set('content-type', 'application/json')
  const response = await answered(path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  })
  if (!response.ok) throw await refusalOf(path, response)
  return response.status === 204 ? undefined : await response.json().catch(() => undefined)
}

/** A file that the hub writes, in the language of the page. @throws ApiError as `ask` does */
export async function askFile(path: string): Promise<Blob> {
  return proven(async () => {
    const response = await answered(path, { headers: { 'accept-language': document.documentElement.lang } })
    if (!response.ok) throw await refusalOf(path, response)
    return response.blob()
  })
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  const sentAt = screenNow()
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    setUnreachable(true)
    throw new ApiError(0, 'unreachable', `No answer from ${path}`)
  })
  noteAnswer()
  // What may be kept tells the time of another day.
  const isNew = response.headers.get('cache-control') === 'no-store'
  if (isNew) hearHubDate(response.headers.get('date'), sentAt, screenNow())
  return response
}

async function refusalOf(path: string, response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => undefined)
  return isErrorBody(answer)
    ? new ApiError(response.status, answer.error.code, answer.error.message, answer.error.details)
    : new ApiError(response.status, 'bad_answer', `${path} answered ${response.status}`)
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
