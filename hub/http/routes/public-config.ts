import { z } from '@hono/zod-openapi'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'

/** Languages of the form for those in need; the rest of the dashboard speaks the first two. */
const LANGUAGES = ['th', 'en', 'my', 'km', 'lo'] as const

const body = z
  .object({
    /** the agency's own public token; with it the map is drawn by mapbox-gl */
    mapboxToken: z.string().nullable(),
    /** changes with every release: a page of another build reloads itself */
    build: z.string(),
    languages: z.array(z.enum(LANGUAGES)),
  })
  .meta({ id: 'PublicConfig' })

const config = open({
  method: 'get',
  path: '/api/config',
  tags: ['operation'],
  summary: 'What the dashboard has to know before anybody signs in',
  responses: { 200: { description: 'The same for everyone', content: { 'application/json': { schema: body } } } },
})

export function publicConfigRoutes({ config: { mapboxToken }, build = 'dev' }: AppDeps) {
  return createRouter().openapi(config, (c) =>
    c.json({ mapboxToken: mapboxToken ?? null, build, languages: [...LANGUAGES] }, 200, {
      'Cache-Control': 'no-cache',
    }),
  )
}
