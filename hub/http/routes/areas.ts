import { readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { AreaDirectory } from '../areas.ts'
import { open } from '../auth/secured.ts'
import { type Representation, sendJson, textRepresentation } from '../representation.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const CACHED = { 'Cache-Control': 'public, max-age=3600' }

const areaEntry = z
  .object({
    code: z.string(),
    level: z.enum(['province', 'district', 'subdistrict', 'unspecified']),
    nameTh: z.string(),
    nameEn: z.string(),
    healthRegion: z.number().int().nullable(),
    population: z.number().int().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
  })
  .meta({ id: 'Area' })

const areaList = z.object({ parent: z.string(), areas: z.array(areaEntry) })
const topologyBody = z.object({ type: z.literal('Topology') })

const below = open({
  method: 'get',
  path: '/api/areas',
  tags: ['areas'],
  summary: 'The areas right below another: provinces, districts of a province, sub-districts of a district',
  request: {
    query: z.object({
      parent: z
        .string()
        .regex(/^(?:TH|\d{2}|\d{4})$/, 'an area code: TH, or 2 or 4 digits')
        .default('TH'),
    }),
  },
  responses: {
    200: ok('By code', areaList),
    304: { description: 'What If-None-Match names still stands' },
    404: fault('There is no such area, or nothing below it'),
  },
})

const shapes = open({
  method: 'get',
  path: '/api/areas/provinces.topo.json',
  tags: ['areas'],
  summary: 'The shapes of the 77 provinces, TopoJSON; the id of a shape is the code of the province',
  responses: { 200: ok('TopoJSON, object `provinces`', topologyBody) },
})

export function areaRoutes(areas: AreaDirectory) {
  let topology: Promise<Representation> | undefined
  return createRouter()
    .openapi(below, async (c) => {
      const { parent } = c.req.valid('query')
      const found = await areas.below(parent)
      if (found === undefined) {
        throw new ApiError('unknown_area', { parent })
      }
      return sendJson<z.infer<typeof areaList>>(c, found, CACHED)
    })
    .openapi(shapes, async (c) => {
      topology ??= readShapes()
      return sendJson<z.infer<typeof topologyBody>>(c, await topology, CACHED)
    })
}

async function readShapes(): Promise<Representation> {
  const text = await readFile(new URL('../../../db/areas/provinces.topo.json', import.meta.url), 'utf8')
  return textRepresentation('application/json', text)
}
