import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { errorBody } from './error.ts'
import { API_VERSION, ROUTES, type Route } from './routes.ts'

/** Version → hash of every body and answer. A change here needs a new version: pages and programs of others rely on it. */
const PINNED: Readonly<Record<number, string>> = { 2: '6b187ceffc6ec94b' }

const shape = (schema: z.ZodType | null | undefined, io: 'input' | 'output') =>
  schema ? z.toJSONSchema(schema, { unrepresentable: 'any', io }) : null

it('a body or an answer of the API does not change without a new version', () => {
  const routes = Object.entries<(typeof ROUTES)[Route] & { body?: z.ZodType }>(ROUTES).map(([name, route]) => [
    name,
    shape(route.body, 'input'),
    shape(route.answer, 'output'),
  ])
  const hash = createHash('sha256')
    .update(JSON.stringify([routes, shape(errorBody, 'output')]))
    .digest('hex')
    .slice(0, 16)
  expect({ [API_VERSION]: hash }).toEqual({ [API_VERSION]: PINNED[API_VERSION] })
})
