import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { isDatabaseAway } from '../../db/away.ts'
import type { ErrorCode } from '../contract/refusals/codes.ts'
import { fieldErrors } from '../contract/refusals/field-faults.ts'
import { refusalIn } from '../contract/refusals/refusals.ts'
import { type Language, languageAsked } from '../contract/vocabulary/languages.ts'
import { ApiError } from './api-error.ts'
import type { HubContext, HubEnv } from './env.ts'

/** The one shape of every error of the API. `code` is for programs and does not change; `message` is for people. */
export const errorBody = z
  .object({ error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }) })
  .meta({ id: 'Error' })
export type ErrorBody = z.infer<typeof errorBody>

/** The `error` object as JSON, for those who answer without a context (the bridge, the rate limit). */
export function errorJson(code: string, message: string, details?: unknown): ErrorBody {
  return { error: details === undefined ? { code, message } : { code, message, details } }
}

/** The language of a page: what its form says, or the browser. Programs, which name none, get English. */
export function languageOfPage(c: HubContext): Language {
  return c.get('language') ?? languageAsked(c.req.header('accept-language')) ?? 'en'
}

export function apiError<S extends ContentfulStatusCode>(
  c: HubContext,
  status: S,
  code: ErrorCode,
  english: string,
  details?: unknown,
) {
  const said = refusalIn(languageOfPage(c), code, english, details)
  return c.json(errorJson(code, said.message, said.details), status, { 'Cache-Control': 'no-store' })
}

/** @param target the part of the request: `json`, `query`, `param`, `header`, `form` or `cookie` */
export function invalidInput(c: HubContext, target: string, error: z.core.$ZodError) {
  const fields = fieldErrors(languageOfPage(c), target, error)
  const where = fields.map((field) => field.path || field.in).join(', ')
  return apiError(c, 400, 'invalid_input', `The request is wrong in: ${where}.`, fields)
}

/** The default hook of every OpenAPIHono of the hub. */
export function validationHook(
  result: { success: true } | { success: false; error: z.core.$ZodError; target: string },
  c: HubContext,
) {
  if (!result.success) return invalidInput(c, result.target, result.error)
  return undefined
}

export const onError: ErrorHandler<HubEnv> = (error, c) => {
  if (error instanceof ApiError) return apiError(c, error.status, error.code, error.message, error.details)
  if (error instanceof HTTPException && error.status < 500) {
    return apiError(
      c,
      error.status as ContentfulStatusCode,
      codeOf(error.status),
      error.message || 'The request cannot be served.',
    )
  }
  if (c.req.raw.signal.aborted) return apiError(c, 499 as ContentfulStatusCode, 'aborted', 'The client went away.')
  if (isDatabaseAway(error)) {
    c.get('log')().warn({ err: error, route: routeOf(c) }, 'the database is away')
    c.header('Retry-After', '5')
    return apiError(
      c,
      503,
      'database_away',
      'The database does not answer. Live screens go on; try again in a few seconds.',
    )
  }
  const requestId = c.get('requestId')
  c.get('log')().error({ err: error, method: c.req.method, route: routeOf(c) }, 'request failed')
  return apiError(c, 500, 'internal', `Something failed inside the hub; its log says what, under ${requestId}.`, {
    requestId,
  })
}

/** The route as it was registered: a path itself may hold a tracking code. */
const routeOf = (c: HubContext): string => routePath(c, -1)

export const notFound: NotFoundHandler<HubEnv> = (c) =>
  apiError(c, 404, 'not_found', `There is nothing at ${c.req.method} ${c.req.path}.`)

function codeOf(status: number): ErrorCode {
  return status === 400
    ? 'invalid_input'
    : status === 401
      ? 'unauthenticated'
      : status === 403
        ? 'forbidden'
        : 'refused'
}
