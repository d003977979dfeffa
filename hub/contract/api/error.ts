import { z } from 'zod'

/** The one shape of every error of the API. `code` is for programs and does not change; `message` is for people. */
export const errorBody = z
  .object({ error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }) })
  .meta({ id: 'Error' })
export type ErrorBody = z.infer<typeof errorBody>

/** @param said a refusal, or what it says in another language */
export function errorJson(code: string, { message, details }: { message: string; details?: unknown }): ErrorBody {
  return { error: details === undefined ? { code, message } : { code, message, details } }
}
