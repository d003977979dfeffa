import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { ROUTES } from '../../hub/contract/api/routes.ts'
import { createApp } from '../../hub/http/app.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { startHub } from '../security/hub.ts'

/** What answers with no JSON of its own, or is for browsers that follow a link. */
const NO_JSON = [
  'GET /metrics',
  'GET /api/auth/callback/agency',
  'GET /api/openapi.json',
  'GET /api/reference',
  'GET /api/audit/export',
  'GET /api/registry/export',
  'GET /api/registry/template',
  'GET /api/briefing/{file}',
  'GET /api/facilities/{id}/deadlines.ics',
  'GET /api/deadlines.ics',
]
/** Of these a standard says the shape, and a parser that is not ours reads them (tests/exchange). */
const STANDARDS = /^\w+ \/api\/(?:fhir|ogc|odata|dhis2|cap)\b/

const nobody = 'postgres://nobody@127.0.0.1:1/none'
const hub = startHub({ apiUrl: nobody, authUrl: nobody })
afterAll(() => hub.stop())

type Content = { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }
type Shape = { readonly body?: z.ZodType; readonly answer: z.ZodType | null }

const schemaOf = (part: Content | undefined) => part?.content?.['application/json']?.schema ?? null

test('every route takes and answers by the schemas of the contract, the very same ones', () => {
  const app = createApp({ ...hub.deps, metrics: createMetrics() })
  const served = app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [definition.route] : [],
  )
  const contract: Readonly<Record<string, Shape>> = ROUTES
  const names = served.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(names.filter((name) => !NO_JSON.includes(name) && !STANDARDS.test(name)).sort()).toEqual(
    Object.keys(contract).sort(),
  )
  for (const { method, path, request, responses } of served) {
    const name = `${method.toUpperCase()} ${path}`
    const shape = contract[name]
    if (shape === undefined) continue
    expect(schemaOf(request?.body as Content | undefined) === (shape.body ?? null), `body of ${name}`).toBe(true)
    const good = Object.entries(responses).filter(([status]) => /^2/.test(status))
    for (const [status, response] of good)
      expect(schemaOf(response as Content) === shape.answer, `${status} of ${name}`).toBe(true)
  }
})
