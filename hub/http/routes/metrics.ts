import { z } from '@hono/zod-openapi'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { mayScrape } from '../../runtime/metrics.ts'
import { directAddress } from '../auth/direct-address.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'

const metrics = open({
  method: 'get',
  path: '/metrics',
  tags: ['operation'],
  summary: 'Prometheus metrics, for the bearer of METRICS_TOKEN; with none set, for this machine alone',
  responses: {
    200: { description: 'The text format of Prometheus', content: { 'text/plain': { schema: z.string() } } },
    401: fault('The bearer token is missing or wrong'),
  },
})

export function metricsRoutes({
  config,
  metrics: { registry },
  metricsText,
}: Pick<AppDeps, 'config' | 'metrics' | 'metricsText'>) {
  return createRouter().openapi(metrics, async (c) => {
    if (!mayScrape(config, { authorization: c.req.header('authorization'), address: directAddress(c) })) {
      c.header('WWW-Authenticate', 'Bearer')
      throw new ApiError('metrics_token')
    }
    const text = await (metricsText === undefined ? registry.metrics() : metricsText())
    return c.text(text, 200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
  })
}
