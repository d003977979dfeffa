import { z } from '@hono/zod-openapi'
import { sitesAnswer } from '../../contract/api/sites.ts'
import { type Row, rowObjects } from '../../contract/live/rows.ts'
import type { Scope } from '../../contract/live/scopes.ts'
import { newestSites, sitesOf } from '../../contract/live/site-rows.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { packSite, SITES_MAX } from '../../contract/vocabulary/sites.ts'
import type { AreaDirectory } from '../areas.ts'
import { open } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { demandReady } from '../ready.ts'
import { jsonRepresentation, type Representation, sendJson } from '../representation.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

/** Screens ask each minute; a count that is half a minute older on a map harms nobody. */
const KEEP_MS = 15_000
const CACHED = { 'Cache-Control': 'public, max-age=15' }

const sites = open({
  method: 'get',
  path: '/api/sites',
  tags: ['facilities'],
  summary: 'Facilities with a place on the map: free beds by level, opening hours, the age of their report',
  request: {
    query: z.object({
      area: z
        .string()
        .regex(/^(?:TH|\d{2})$/, 'an area code: TH, or the 2 digits of a province')
        .default(NATION),
    }),
  },
  responses: {
    200: ok('A tuple for each', sitesAnswer),
    304: { description: 'What If-None-Match names still stands' },
    400: fault('There is no such area'),
    503: fault('The first snapshot has not been taken yet'),
  },
})

type Held = { readonly at: number; readonly body: Promise<Representation> }

/** Read from the fold in memory, once in a while for all who ask: no question reaches the database. */
export function siteRoutes(deps: AppDeps, areas: AreaDirectory) {
  /** only areas that exist come here, 78 */
  const held = new Map<string, Held>()

  async function provincesOf(area: string): Promise<readonly string[]> {
    if (area === NATION) return areas.provinces()
    if (!(await areas.isProvince(area))) throw new ApiError('no_area', undefined, { values: { area } })
    return [area]
  }

  function bodyOf(area: string, provinces: readonly string[]): Held {
    const now = deps.clock.now()
    const known = held.get(area)
    if (known !== undefined && now - known.at < KEEP_MS) return known
    const rows: Row[] = provinces.flatMap((code) => [...deps.situation.rows(`province:${code}` satisfies Scope)])
    const all = sitesOf(rowObjects(rows, 'facility'), rowObjects(rows, 'beds'))
    const shown = newestSites(all, SITES_MAX)
    const body = jsonRepresentation({ area, sites: shown.map(packSite), left: all.length - shown.length })
    const fresh = { at: now, body }
    held.set(area, fresh)
    return fresh
  }

  return createRouter().openapi(sites, async (c) => {
    const { area } = c.req.valid('query')
    const provinces = await provincesOf(area)
    demandReady(deps)
    return sendJson<z.infer<typeof sitesAnswer>>(c, await bodyOf(area, provinces).body, CACHED)
  })
}
