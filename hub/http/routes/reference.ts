import { z } from '@hono/zod-openapi'
import { NOTHING_LOADS } from '../../runtime/answer-headers.ts'
import { isLoopbackAddress } from '../../runtime/loopback.ts'
import { directAddress } from '../auth/direct-address.ts'
import { open, signedIn } from '../auth/secured.ts'
import type { HubContext } from '../env.ts'
import { type ApiDocument, referencePage } from '../reference-page.ts'
import { jsonRepresentation, type Representation, send, sendJson, textRepresentation } from '../representation.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'
import { styleHashes } from '../security-headers.ts'

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
/** The page has one sheet of styles, in itself, and nothing else. */
const pageOf = (html: string) => ({
  shown: textRepresentation('text/html; charset=utf-8', html),
  policy: `${NOTHING_LOADS}; style-src ${styleHashes(html).join(' ')}`,
})

/** What there is to attack is not told to strangers. @throws ApiError 401 */
async function demandReader(c: HubContext): Promise<void> {
  if (!isLoopbackAddress(directAddress(c))) await signedIn(c)
}

/** @param document asked once, when the first reader comes: by then all routes are registered */
export function referenceRoutes(document: () => ApiDocument) {
  let json: Promise<Representation> | undefined
  let page: { readonly shown: Promise<Representation>; readonly policy: string } | undefined
  return createRouter()
    .openapi(openapi, async (c) => {
      await demandReader(c)
      json ??= jsonRepresentation(document())
      return sendJson<{ openapi: string }>(c, await json, NO_CACHE)
    })
    .openapi(reference, async (c) => {
      await demandReader(c)
      page ??= pageOf(referencePage(document()))
      return send(c, await page.shown, { ...NO_CACHE, 'Content-Security-Policy': page.policy })
    })
}
