import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { fieldErrors } from '../contract/refusals/field-faults.ts'
import { type MessageKey, message } from '../contract/refusals/messages.ts'
import { isLanguage, type Language, languageOf } from '../contract/vocabulary/languages.ts'
import { ApiError } from './api-error.ts'
import type { HubContext, HubEnv } from './env.ts'
import { apiError, errorJson, onError } from './errors.ts'

/** The language of a form: what its body or address says, or else the browser's. */
export async function formLanguage(c: HubContext): Promise<Language> {
  const asked = c.req.query('language')
  if (isLanguage(asked)) return asked
  const body: unknown = await c.req.json().catch(() => undefined)
  const said = typeof body === 'object' && body !== null && 'language' in body ? body.language : undefined
  return isLanguage(said) ? said : languageOf(c.req.header('accept-language'))
}

/** The browser's language: where a form is about somebody else, its `language` is theirs and not its reader's. */
export function pageLanguage(c: HubContext): Language {
  return languageOf(c.req.header('accept-language'))
}

/** The `error` of a record that came in a batch. */
export function recordErrors(language: Language, error: z.core.$ZodError) {
  return errorJson('invalid_input', message(language, 'form_wrong'), fieldErrors(language, 'json', error)).error
}

/** An error of a public form; its code is the key of its sentence. */
export function formError(
  language: Language,
  status: 404 | 409 | 422 | 429,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): ApiError {
  return new ApiError(status, key, message(language, key, values), { key, ...values })
}

/** @throws ApiError 429 in the form's language, when `wait` says so. */
export function mustWait(c: HubContext, language: Language, wait: number | undefined): void {
  if (wait === undefined) return
  c.header('Retry-After', String(wait))
  throw formError(language, 429, 'too_many', { seconds: wait })
}

/** What is no JSON has no fields to name. */
function readable(error: Error): Error {
  return error instanceof HTTPException && error.status === 400
    ? new ApiError(400, 'invalid_input', message('en', 'form_wrong'), [])
    : error
}

/** A router whose errors are in the form's language. */
export function createFormRouter(
  languageFor: (c: HubContext) => Language | Promise<Language> = formLanguage,
): OpenAPIHono<HubEnv> {
  const router = new OpenAPIHono<HubEnv>({
    defaultHook: async (result, c) => {
      if (result.success) return undefined
      const language = await languageFor(c)
      c.set('language', language)
      const fields = fieldErrors(language, result.target, result.error)
      return apiError(c, 400, 'invalid_input', message(language, 'form_wrong'), fields)
    },
  })
  router.onError(async (error, c) => {
    c.set('language', await languageFor(c))
    return onError(readable(error), c)
  })
  return router
}
