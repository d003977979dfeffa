import { z } from '@hono/zod-openapi'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { mayScrape } from '../../runtime/metrics.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { fault } from '../responses.ts'
import { createRouter } from '../router.ts'

const metrics = open({
  method: 'get',
  path: '/metrics',
  tags: ['operation'],
  summary: 'Prometheus metrics; with METRICS_TOKEN set, only for its bearer',
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
    if (!mayScrape(config, c.req.header('authorization'))) {
      c.header('WWW-Authenticate', 'Bearer')
      throw new ApiError('metrics_token')
    }
    const text = await (metricsText === undefined ? registry.metrics() : metricsText())
    return c.text(text, 200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
  })
}
