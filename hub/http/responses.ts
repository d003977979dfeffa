import type { z } from '@hono/zod-openapi'
import { errorBody } from '../contract/api/error.ts'

/** For a route's OpenAPI entry. */
export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
export const ok = <S extends z.ZodType>(description: string, schema: S) => ({ description, content: json(schema) })
/** A body that is demanded, so it is validated whatever its content type says. */
export const taken = <S extends z.ZodType>(schema: S) => ({ required: true as const, content: json(schema) })
export const fault = (description: string) => ok(description, errorBody)

/** Headers of what no cache may keep. */
export const NO_STORE = { 'Cache-Control': 'no-store' }

type IsoDates<R> = {
  [K in keyof R]: R[K] extends Date ? string : R[K] extends Date | null ? string | null : R[K]
}

/** A row as JSON says it: dates in ISO 8601. */
export function isoDates<R extends object>(row: R): IsoDates<R> {
  const said = Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value])
  return Object.fromEntries(said) as IsoDates<R>
}
