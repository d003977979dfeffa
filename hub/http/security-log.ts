import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { createSecurityLog } from '../runtime/security-log.ts'
import type { AppDeps, HubEnv } from './env.ts'

/** Somebody was faster, or went away: nobody has tried anything. */
const HARMLESS: readonly number[] = [408, 409, 499]

/** Logs whatever the API refuses: who is nobody or may not, limits, wrong codes, foreign pages, input that no page sends. */
export function logsSecurity({ logger, config }: Pick<AppDeps, 'logger' | 'config'>): MiddlewareHandler<HubEnv> {
  const log = createSecurityLog(logger, config.auditAddresses)
  return async (c, next) => {
    await next()
    const code = c.get('refusal')
    const { status } = c.res
    if (code === undefined || status < 400 || status >= 500 || HARMLESS.includes(status)) return
    // What is refused before anybody was asked for has nobody yet.
    const session = c.get('access')?.origin().session
    await log.refused({
      ...{ code, status, route: `${c.req.method} ${routePath(c, -1)}`, requestId: c.get('requestId') },
      ...{ address: c.env.remoteAddress, ...(session && { session }) },
    })
  }
}
