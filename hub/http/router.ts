import { OpenAPIHono } from '@hono/zod-openapi'
import type { HubEnv } from './env.ts'
import { validationHook } from './errors.ts'

/** A router with the hub's error shape for invalid input; every `xRoutes(deps)` starts with one. */
export function createRouter(): OpenAPIHono<HubEnv> {
  return new OpenAPIHono<HubEnv>({ defaultHook: validationHook })
}
