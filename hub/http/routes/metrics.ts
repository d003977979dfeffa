import { timingSafeEqual } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { errorBody } from '../../contract/api/error.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { apiError } from '../errors.ts'
import { createRouter } from '../router.ts'

const metrics = open({
  method: 'get',
  path: '/metrics',
  tags: ['operation'],
  summary: 'Prometheus metrics; with METRICS_TOKEN set, only for its bearer',
  responses: {
    200: { description: 'The text format of Prometheus', content: { 'text/plain': { schema: z.string() } } },
    401: {
      description: 'The bearer token is missing or wrong',
      content: { 'application/json': { schema: errorBody } },
    },
  },
})

export function metricsRoutes({ config, metrics: { registry }, metricsText }: AppDeps) {
  return createRouter().openapi(metrics, async (c) => {
    if (config.metricsToken !== undefined && !bears(c.req.header('authorization'), config.metricsToken)) {
      c.header('WWW-Authenticate', 'Bearer')
      return apiError(c, 401, 'unauthenticated', 'Send METRICS_TOKEN as `Authorization: Bearer …`.')
    }
    const text = await (metricsText === undefined ? registry.metrics() : metricsText())
    return c.text(text, 200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' })
  })
}

function bears(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
