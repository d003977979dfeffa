import { createMiddleware } from 'hono/factory'
import type { HubEnv } from './env.ts'
import { NO_STORE } from './responses.ts'

const STATUS = '/help/status'
const WITH_CODE = /^\/help\/(?!status\/?$)([^/]+)\/?$/

/** Links and bookmarks with a tracking code in the path, as they were: to the page that has it behind the hash, where nobody logs it. */
export const oldAddresses = createMiddleware<HubEnv>(async (c, next) => {
  const [, code] = WITH_CODE.exec(c.req.path) ?? []
  if (code === undefined || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return next()
  return c.body(null, 302, { ...NO_STORE, Location: `${STATUS}${new URL(c.req.url).search}#${code}` })
})
