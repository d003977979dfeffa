import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isDatabaseAway } from '../../db/away.ts'
import { errorJson } from '../contract/api/error.ts'
import { ApiError } from '../contract/refusals/api-error.ts'
import { refusalIn } from '../contract/refusals/refusals.ts'
import { type Language, languageAsked } from '../contract/vocabulary/languages.ts'
import { isNoText } from '../work/command/database-refusal.ts'
import type { HubContext, HubEnv } from './env.ts'
import { NO_STORE } from './responses.ts'

/** The language of a page: what its form says, or the browser. Programs, which name none, get English. */
export function languageOfPage(c: HubContext): Language {
  return c.get('language') ?? languageAsked(c.req.header('accept-language')) ?? 'en'
}

/** A refusal as the client reads it. */
export function refusalJson(c: HubContext, refusal: ApiError) {
  return errorJson(refusal.code, refusalIn(languageOfPage(c), refusal))
}

/** Answers with a refusal. Handlers throw theirs, and get here by `onError`. */
export function refuse(c: HubContext, given: ApiError): Response {
  const refusal = asOwed(c, given)
  c.set('refusal', refusal.code)
  // The new ones come with another answer, and are not to be overwritten.
  if (refusal.code === 'session_renewed') c.header('Set-Cookie', undefined)
  if (refusal.retryAfter !== undefined) c.header('Retry-After', String(refusal.retryAfter))
  return c.json(refusalJson(c, refusal), refusal.status as ContentfulStatusCode, NO_STORE)
}

/** Whoever has shown a password is told what they owe, and whose token was renewed that it was, and not to sign in. */
function asOwed(c: HubContext, refusal: ApiError): ApiError {
  // What is refused before anybody was asked for has nobody yet.
  const access = refusal.code === 'unauthenticated' ? c.get('access') : undefined
  if (access?.renewed()) return new ApiError('session_renewed')
  const owes = access?.owes()
  if (owes === undefined) return refusal
  return new ApiError(owes === 'prove' ? 'factor_needed' : 'factor_owed')
}

export const onError: ErrorHandler<HubEnv> = (error, c) => refuse(c, asRefusal(error, c))

function asRefusal(error: Error, c: HubContext): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof HTTPException && error.status < 500) {
    const { status, message } = error
    return new ApiError(status === 400 ? 'invalid_input' : 'refused', undefined, { status, message })
  }
  if (c.req.raw.signal.aborted) return new ApiError('aborted')
  if (isDatabaseAway(error)) {
    c.get('log')().warn({ err: error, route: routeOf(c) }, 'the database is away')
    return new ApiError('database_away', undefined, { retryAfter: 5 })
  }
  // Of what is asked for, no reader looks at each letter: the last wall does.
  if (isNoText(error)) return new ApiError('impossible_value')
  c.get('log')().error({ err: error, method: c.req.method, route: routeOf(c) }, 'request failed')
  return new ApiError('internal', { requestId: c.get('requestId') })
}

/** The route as it was registered: a path itself may hold a tracking code. */
const routeOf = (c: HubContext): string => routePath(c, -1)

export const notFound: NotFoundHandler<HubEnv> = (c) =>
  refuse(c, new ApiError('no_route', undefined, { values: { method: c.req.method, path: c.req.path } }))
