import { z } from 'zod'
import { AREA_LEVELS } from '../vocabulary/areas.ts'

const areaEntry = z
  .object({
    code: z.string(),
    level: z.enum(AREA_LEVELS).exclude(['nation']),
    nameTh: z.string(),
    nameEn: z.string(),
    healthRegion: z.number().int().nullable(),
    population: z.number().int().nullable(),
    lat: z.number().nullable().meta({ description: 'WGS 84, degrees' }),
    lon: z.number().nullable(),
  })
  .meta({ id: 'Area' })
export const areasAnswer = z.object({ parent: z.string(), areas: z.array(areaEntry) })

const pair = z.tuple([z.number(), z.number()])
const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
const arcs = z.array(z.array(z.number()))
const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), id: z.string(), arcs }),
  z.object({ type: z.literal('MultiPolygon'), id: z.string(), arcs: z.array(arcs) }),
])

/** TopoJSON, object `provinces`; a shape's id is the province's code. */
export const provinceShapes = z.object({
  type: z.literal('Topology'),
  bbox: box,
  transform: z.object({ scale: pair, translate: pair }),
  objects: z.object({ provinces: z.object({ type: z.literal('GeometryCollection'), geometries: z.array(shape) }) }),
  arcs: z.array(z.array(pair)),
})
