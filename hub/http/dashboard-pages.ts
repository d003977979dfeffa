import { fileURLToPath } from 'node:url'
import type { NotFoundHandler } from 'hono'
import type { AppDeps, HubEnv } from './env.ts'
import { notFound } from './errors.ts'
import { type AskHere, boardDocument } from './first-answers.ts'
import { staticFiles } from './static.ts'

const BUILT_DASHBOARD = fileURLToPath(new URL('../../dashboard/dist', import.meta.url))

/** Paths that are no page of the dashboard. */
const NO_PAGE = /^\/(?:api|feed|live|socket\.io|metrics|healthz|readyz)(?:\/|$)/

function isPage(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && !NO_PAGE.test(path)
}

/** What no route took: a page of the dashboard, or nothing. @param ask without it, pages come without their first answers */
export function dashboardPages(
  { dashboardDir, firstAnswersMs, clock }: Pick<AppDeps, 'dashboardDir' | 'firstAnswersMs' | 'clock'>,
  ask?: AskHere,
): NotFoundHandler<HubEnv> {
  const fills = ask && { '/board.html': boardDocument(ask, firstAnswersMs) }
  const pages = staticFiles(dashboardDir ?? BUILT_DASHBOARD, clock, fills)
  return (c) => (isPage(c.req.method, c.req.path) ? pages(c) : notFound(c))
}
