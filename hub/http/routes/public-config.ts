import { z } from '@hono/zod-openapi'
import { warningTimes } from '../../work/needs/lease.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'

/** Languages of the form for those in need; the rest of the dashboard speaks the first two. */
const LANGUAGES = ['th', 'en', 'my', 'km', 'lo'] as const

const times = z.object({ red: z.number(), yellow: z.number(), unknown: z.number(), green: z.number() })

const body = z
  .object({
    /** the agency's own public token; with it the map is drawn by mapbox-gl */
    mapboxToken: z.string().nullable(),
    /** a hash of the dashboard that is served */
    build: z.string(),
    languages: z.array(z.enum(LANGUAGES)),
    /** how long a claim holds without any action of its holder, ms by severity */
    leaseMs: times,
    /** how long before the end of a claim its holder is warned, ms by severity */
    leaseWarnMs: times,
  })
  .meta({ id: 'PublicConfig' })

const config = open({
  method: 'get',
  path: '/api/config',
  tags: ['operation'],
  summary: 'What the dashboard has to know before anybody signs in',
  responses: { 200: { description: 'The same for everyone', content: { 'application/json': { schema: body } } } },
})

export function publicConfigRoutes({ config: { mapboxToken }, build = () => 'dev', caseWork: { leases } }: AppDeps) {
  const answer = { mapboxToken: mapboxToken ?? null, languages: [...LANGUAGES] }
  return createRouter().openapi(config, (c) =>
    c.json({ ...answer, build: build(), leaseMs: leases, leaseWarnMs: warningTimes(leases) }, 200, {
      'Cache-Control': 'no-cache',
    }),
  )
}
