import { z } from '@hono/zod-openapi'
import { open } from '../auth/secured.ts'
import { type ApiDocument, referencePage } from '../reference-page.ts'
import { jsonRepresentation, type Representation, send, sendJson, textRepresentation } from '../representation.ts'
import { createRouter } from '../router.ts'

const openapi = open({
  method: 'get',
  path: '/api/openapi.json',
  tags: ['operation'],
  summary: 'This API as an OpenAPI 3.1 document',
  responses: {
    200: {
      description: 'The document',
      content: { 'application/json': { schema: z.object({ openapi: z.string() }).loose() } },
    },
  },
})

const reference = open({
  method: 'get',
  path: '/api/reference',
  tags: ['operation'],
  summary: 'This API as a page to read',
  responses: { 200: { description: 'One page, without scripts; it needs no internet' } },
})

const NO_CACHE = { 'Cache-Control': 'no-cache' }
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** @param document asked once, when the first reader comes: by then all routes are registered */
export function referenceRoutes(document: () => ApiDocument) {
  let json: Promise<Representation> | undefined
  let page: Promise<Representation> | undefined
  return createRouter()
    .openapi(openapi, async (c) => {
      json ??= jsonRepresentation(document())
      return sendJson<{ openapi: string }>(c, await json, NO_CACHE)
    })
    .openapi(reference, async (c) => {
      page ??= textRepresentation('text/html; charset=utf-8', referencePage(document()))
      return send(c, await page, { ...NO_CACHE, 'Content-Security-Policy': PAGE_POLICY })
    })
}
