import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { ApiError } from '../contract/refusals/api-error.ts'
import { wrongInput } from '../contract/refusals/wrong-fields.ts'
import { isLanguage, type Language, languageOf } from '../contract/vocabulary/languages.ts'
import type { HubContext, HubEnv } from './env.ts'
import { onError } from './errors.ts'

/** A router that refuses invalid input; every `xRoutes(deps)` starts with one. */
export function createRouter(): OpenAPIHono<HubEnv> {
  return new OpenAPIHono<HubEnv>({
    defaultHook: (result) => {
      if (!result.success) throw wrongInput(result.target, result.error)
    },
  })
}

/** The language of a form: what its body or address says, or else the browser's. */
export async function formLanguage(c: HubContext): Promise<Language> {
  const asked = c.req.query('language')
  if (isLanguage(asked)) return asked
  const body: unknown = await c.req.json().catch(() => undefined)
  const said = typeof body === 'object' && body !== null && 'language' in body ? body.language : undefined
  return isLanguage(said) ? said : pageLanguage(c)
}

/** The browser's language: where a form is about somebody else, its `language` is theirs and not its reader's. */
export function pageLanguage(c: HubContext): Language {
  return languageOf(c.req.header('accept-language'))
}

/** What is no JSON has no fields to name. */
function readable(error: Error): Error {
  return error instanceof HTTPException && error.status === 400 ? new ApiError('form_wrong', []) : error
}

/** A router whose errors are in the form's language. */
export function createFormRouter(
  languageFor: (c: HubContext) => Language | Promise<Language> = formLanguage,
): OpenAPIHono<HubEnv> {
  const router = new OpenAPIHono<HubEnv>({
    defaultHook: (result) => {
      if (!result.success) throw wrongInput(result.target, result.error, 'form_wrong')
    },
  })
  router.onError(async (error, c) => {
    c.set('language', await languageFor(c))
    return onError(readable(error), c)
  })
  return router
}
