import type { z } from '@hono/zod-openapi'
import { keyHeader } from '../contract/api/common.ts'
import { errorBody } from '../contract/api/error.ts'
import type { Action } from '../contract/vocabulary/actions.ts'
import { secured } from './auth/secured.ts'

export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
export const fault = (description: string) => ({ description, content: json(errorBody) })

/** What any command may be refused with. */
const FAULTS = {
  400: fault('Fields are wrong, or the header Idempotency-Key is missing'),
  404: fault('There is no such thing, or it lies outside your area'),
  409: fault('Not possible now: `code` says why, `details` who has it and since when'),
  422: fault('A value is not possible, or the key was used for another request'),
}

type CommandOptions<P extends string, B extends z.ZodType, A extends z.ZodType, Q extends z.ZodObject> = {
  readonly path: P
  readonly action: Action
  readonly tag: string
  readonly summary: string
  readonly body: B
  readonly answer: A
  readonly params: Q
}

/** A command: POST with an idempotency key. The body is demanded, so it is validated whatever its content type says. */
export function commandRoute<P extends string, B extends z.ZodType, A extends z.ZodType, Q extends z.ZodObject>(
  options: CommandOptions<P, B, A, Q>,
) {
  const { path, action, tag, summary, body, answer, params } = options
  return secured(
    {
      method: 'post',
      path,
      tags: [tag],
      summary,
      request: { params, headers: keyHeader, body: { required: true, content: json(body) } },
      responses: { 200: { description: summary, content: json(answer) }, ...FAULTS },
    },
    action,
  )
}
