import type { z } from '@hono/zod-openapi'
import { errorBody } from '../contract/api/error.ts'

/** For a route's OpenAPI entry. */
export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
export const ok = <S extends z.ZodType>(description: string, schema: S) => ({ description, content: json(schema) })
export const fault = (description: string) => ok(description, errorBody)

/** Headers of what no cache may keep. */
export const NO_STORE = { 'Cache-Control': 'no-store' }
