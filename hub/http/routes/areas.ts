import { readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import { areasAnswer, provinceShapes } from '../../contract/api/areas.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { AreaDirectory } from '../areas.ts'
import { open } from '../auth/secured.ts'
import { type Representation, sendJson, textRepresentation } from '../representation.ts'
import { fault, ok } from '../responses.ts'
import { createRouter } from '../router.ts'

const CACHED = { 'Cache-Control': 'public, max-age=3600' }

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
    200: ok('By code', areasAnswer),
    304: { description: 'What If-None-Match names still stands' },
    404: fault('There is no such area, or nothing below it'),
  },
})

const shapes = open({
  method: 'get',
  path: '/api/areas/provinces.topo.json',
  tags: ['areas'],
  summary: 'The shapes of the 77 provinces, TopoJSON; the id of a shape is the code of the province',
  responses: { 200: ok('TopoJSON, object `provinces`', provinceShapes) },
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
      return sendJson<z.infer<typeof areasAnswer>>(c, found, CACHED)
    })
    .openapi(shapes, async (c) => {
      topology ??= readShapes()
      return sendJson<z.infer<typeof provinceShapes>>(c, await topology, CACHED)
    })
}

async function readShapes(): Promise<Representation> {
  const text = await readFile(new URL('../../../db/areas/provinces.topo.json', import.meta.url), 'utf8')
  return textRepresentation('application/json', text)
}
