import { z } from '@hono/zod-openapi'
import { isLoopbackAddress } from '../../runtime/loopback.ts'
import { directAddress } from '../auth/direct-address.ts'
import { open, signedIn } from '../auth/secured.ts'
import type { HubContext } from '../env.ts'
import { type ApiDocument, referencePage } from '../reference-page.ts'
import { jsonRepresentation, type Representation, send, sendJson, textRepresentation } from '../representation.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'

const CLOSED = fault('Neither this machine nor anybody with an account or an API key asks')

const openapi = open({
  method: 'get',
  path: '/api/openapi.json',
  tags: ['operation'],
  summary: 'This API as an OpenAPI 3.1 document',
  responses: {
    401: CLOSED,
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
  responses: { 401: CLOSED, 200: { description: 'One page, without scripts; it needs no internet' } },
})

const NO_CACHE = { 'Cache-Control': 'no-cache' }
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What there is to attack is not told to strangers. @throws ApiError 401 */
async function demandReader(c: HubContext): Promise<void> {
  if (!isLoopbackAddress(directAddress(c))) await signedIn(c)
}

/** @param document asked once, when the first reader comes: by then all routes are registered */
export function referenceRoutes(document: () => ApiDocument) {
  let json: Promise<Representation> | undefined
  let page: Promise<Representation> | undefined
  return createRouter()
    .openapi(openapi, async (c) => {
      await demandReader(c)
      json ??= jsonRepresentation(document())
      return sendJson<{ openapi: string }>(c, await json, NO_CACHE)
    })
    .openapi(reference, async (c) => {
      await demandReader(c)
      page ??= textRepresentation('text/html; charset=utf-8', referencePage(document()))
      return send(c, await page, { ...NO_CACHE, 'Content-Security-Policy': PAGE_POLICY })
    })
}
