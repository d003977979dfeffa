import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import {
  type FormIssue,
  isLanguage,
  issueKey,
  type Language,
  languageOf,
  type MessageKey,
  message,
} from '../cases/messages.ts'
import { ApiError } from './api-error.ts'
import { KEY_REUSED } from './commands/run.ts'
import type { HubContext, HubEnv } from './env.ts'
import { apiError, errorJson, type FieldError, onError } from './errors.ts'

/** The language of a form: what its body or address says, or else the browser's. */
export async function formLanguage(c: HubContext): Promise<Language> {
  const asked = c.req.query('language')
  if (isLanguage(asked)) return asked
  const body: unknown = await c.req.json().catch(() => undefined)
  const said = typeof body === 'object' && body !== null && 'language' in body ? body.language : undefined
  return isLanguage(said) ? said : languageOf(c.req.header('accept-language'))
}

/** Field errors of a public form: for each, its key (for the page's own text) and a sentence in the form's language. */
function fieldsOf(language: Language, target: string, error: z.core.$ZodError) {
  return error.issues.map((issue) => {
    const key = issueKey(issue as FormIssue)
    return { in: target, path: issue.path.map(String).join('.'), key, message: message(language, key) }
  })
}

/** The `error` of a record that came in a batch. */
export function recordErrors(language: Language, error: z.core.$ZodError) {
  return errorJson('invalid_input', message(language, 'form_wrong'), fieldsOf(language, 'json', error)).error
}

async function formErrors(c: HubContext, target: string, error: z.core.$ZodError) {
  const language = await formLanguage(c)
  return apiError(c, 400, 'invalid_input', message(language, 'form_wrong'), fieldsOf(language, target, error))
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

/** What the database found wrong with a form, in the form's language. */
function translated(error: Error, language: Language): Error {
  if (error instanceof HTTPException && error.status === 400) {
    return new ApiError(400, 'invalid_input', message(language, 'form_wrong'), [])
  }
  if (!(error instanceof ApiError)) return error
  if (error.code === KEY_REUSED) return new ApiError(422, KEY_REUSED, message(language, 'key_reused'))
  if (error.code !== 'invalid_input' || !Array.isArray(error.details)) return error
  const fields = (error.details as (FieldError & { key: MessageKey })[]).map((field) => ({
    ...field,
    message: message(language, field.key),
  }))
  return new ApiError(error.status, error.code, message(language, 'form_wrong'), fields)
}

/** A router whose errors are in the form's language. */
export function createFormRouter(): OpenAPIHono<HubEnv> {
  const router = new OpenAPIHono<HubEnv>({
    defaultHook: async (result, c) => (result.success ? undefined : formErrors(c, result.target, result.error)),
  })
  router.onError(async (error, c) => onError(translated(error, await formLanguage(c)), c))
  return router
}
