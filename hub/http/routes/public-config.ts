import { publicConfig } from '../../contract/api/config.ts'
import { LANGUAGES } from '../../contract/vocabulary/languages.ts'
import { warningTimes } from '../../work/needs/lease.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { json } from '../responses.ts'
import { createRouter } from '../router.ts'

const config = open({
  method: 'get',
  path: '/api/config',
  tags: ['operation'],
  summary: 'What the dashboard has to know before anybody signs in',
  responses: { 200: { description: 'The same for everyone', content: json(publicConfig) } },
})

export function publicConfigRoutes({ config: { mapboxToken }, build = () => 'dev', caseWork: { leases } }: AppDeps) {
  const answer = { mapboxToken: mapboxToken ?? null, languages: [...LANGUAGES] }
  return createRouter().openapi(config, (c) =>
    c.json({ ...answer, build: build(), leaseMs: leases, leaseWarnMs: warningTimes(leases) }, 200, {
      'Cache-Control': 'no-cache',
    }),
  )
}
