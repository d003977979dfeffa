import type { Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection } from 'topojson-specification'
import { readProvinceShapes } from './read.ts'

const KM_PER_DEGREE = 111.2
/** The shapes have lost corners and small islands; a pin this near to its province's border lies in it. */
export const BORDER_KM = 5

/** Kilometres from a point to the shape of a province; 0 inside; `undefined`: there is no such shape. */
export type KilometresToProvince = (province: string, lat: number, lon: number) => number | undefined

type Ring = readonly Position[]

function isInside(rings: readonly Ring[], lat: number, lon: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? []
      const [xj = 0, yj = 0] = ring[j] ?? []
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside
    }
  }
  return inside
}

/** To the nearest edge, on a plane that touches the earth at the point. */
function kilometresToEdge(rings: readonly Ring[], lat: number, lon: number): number {
  const scale = Math.cos((lat * Math.PI) / 180)
  let least = Number.POSITIVE_INFINITY
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = [((ring[i - 1]?.[0] ?? 0) - lon) * scale, (ring[i - 1]?.[1] ?? 0) - lat]
      const [x2, y2] = [((ring[i]?.[0] ?? 0) - lon) * scale, (ring[i]?.[1] ?? 0) - lat]
      const [dx, dy] = [x2 - x1, y2 - y1]
      const along = Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy || 1)))
      least = Math.min(least, Math.hypot(x1 + along * dx, y1 + along * dy))
    }
  }
  return least * KM_PER_DEGREE
}

export async function readKilometresToProvince(): Promise<KilometresToProvince> {
  const topology = await readProvinceShapes()
  const { features } = feature(topology, topology.objects.provinces as GeometryCollection)
  const rings = new Map<string, readonly Ring[]>()
  for (const { id, geometry } of features) {
    if (geometry.type === 'Polygon') rings.set(String(id), geometry.coordinates)
    else if (geometry.type === 'MultiPolygon') rings.set(String(id), geometry.coordinates.flat())
  }
  return (province, lat, lon) => {
    const shape = rings.get(province)
    if (shape === undefined) return undefined
    return isInside(shape, lat, lon) ? 0 : kilometresToEdge(shape, lat, lon)
  }
}
