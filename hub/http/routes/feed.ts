import { z } from '@hono/zod-openapi'
import { feedDelta } from '../../contract/api/situation.ts'
import { ADVICE_PATH } from '../../contract/live/feed.ts'
import { feedAdvice, feedIndex } from '../../contract/live/feed-messages.ts'
import type { Delta } from '../../contract/live/messages.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { rateLimit } from '../rate-limit.ts'
import { demandReady } from '../ready.ts'
import { jsonRepresentation, type Representation, sendJson } from '../representation.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

/** Caches that many share may answer with the index for a second; a browser's own would add to that. */
const INDEX = { 'Cache-Control': 'public, max-age=0, s-maxage=1' }
/** What stands at an address with positions in it never changes. */
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' }

const FOR_NOBODY_ELSE = { 'Cache-Control': 'no-store' }

const scope = z.string().max(40).describe('nation or public:NN')
const responses = { 404: fault('The feed has no such scope or part, or has it no more: read its index again') }
const advice = open({
  method: 'get',
  path: ADVICE_PATH,
  tags: ['situation'],
  summary: 'Whether those without an account are to read the feed in place of a socket',
  responses: { 200: ok('The same for everyone, for a second', feedAdvice) },
})
const index = open({
  method: 'get',
  path: '/feed/{scope}',
  tags: ['situation'],
  summary: 'What a cache may serve of a scope: its newest position and the steps and the snapshot that lead there',
  request: {
    params: z.object({ scope }),
    query: z.object({
      echo: z
        .string()
        .regex(/^[\w-]{1,40}$/)
        .optional()
        .describe('said again in the answer, which no cache keeps: what time it is at the hub'),
    }),
  },
  responses: {
    200: ok('How fresh the hub is, and what there is', feedIndex),
    ...responses,
    429: fault('Too many of this address with `echo`'),
    503: fault('The first snapshot has not been taken yet'),
  },
})
const part = open({
  method: 'get',
  path: '/feed/{scope}/{epoch}/{part}',
  tags: ['situation'],
  summary: 'A step of the feed, all that changed in a span, or its snapshot; it never changes',
  request: {
    params: z.object({
      scope,
      epoch: z.string().max(40).describe('hello.e of the index'),
      part: z.string().max(40).describe('FROM-TO for one of its steps, or snapshot-TO'),
    }),
  },
  responses: { 200: ok('A delta of /live', feedDelta), 304: { description: 'It never changes' }, ...responses },
})

export function feedRoutes(deps: Pick<AppDeps, 'config' | 'publicFeed' | 'sockets' | 'situation' | 'sourceState'>) {
  const { publicFeed, sockets } = deps
  const limit = rateLimit(deps.config.requestsPerMinute)
  /** made once for all caches and viewers that ask */
  const bodies = new WeakMap<Delta, Promise<Representation>>()
  const bodyOf = (delta: Delta): Promise<Representation> => {
    const body = bodies.get(delta) ?? jsonRepresentation(delta)
    bodies.set(delta, body)
    return body
  }
  const router = createRouter()
  // A cache asks for millions from one address; what no cache keeps is asked for by whoever asks.
  router.use('/feed/:scope', (c, next) => (c.req.query('echo') === undefined ? next() : limit(c, next)))
  return router
    .openapi(advice, (c) => c.json({ sockets: sockets() }, 200, INDEX))
    .openapi(index, (c) => {
      demandReady(deps)
      const { scope } = c.req.valid('param')
      const { echo } = c.req.valid('query')
      const found = publicFeed.index(scope, echo)
      if (found === undefined) throw new ApiError('no_feed', { what: scope })
      return c.json(found, 200, echo === undefined ? INDEX : FOR_NOBODY_ELSE)
    })
    .openapi(part, async (c) => {
      const { scope, epoch, part } = c.req.valid('param')
      const found = publicFeed.part(scope, epoch, part)
      if (found === undefined) throw new ApiError('no_feed', { what: `${scope}/${epoch}/${part}` })
      return sendJson<Delta>(c, await bodyOf(found), FOR_EVER)
    })
}
