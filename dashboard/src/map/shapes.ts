import type { Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Bounds, MapPart, ProvinceShapes } from './model.ts'

/** TopoJSON of the hub → GeoJSON with the code as a property. @throws Error when it has no object `provinces`. */
export function decodeShapes(topology: Topology): ProvinceShapes {
  const provinces = topology.objects.provinces
  if (provinces?.type !== 'GeometryCollection') throw new Error('provinces.topo.json has no collection "provinces"')
  const collection = feature(topology, provinces as GeometryCollection)
  return {
    type: 'FeatureCollection',
    features: collection.features.map((shape) => {
      const { geometry } = shape
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon')
        throw new Error(`shape ${shape.id} is no area`)
      return { type: 'Feature', id: String(shape.id), properties: { code: String(shape.id) }, geometry }
    }),
  }
}

/** The same shapes with one drawn last, so that no neighbour covers its outline. */
export function withLast(shapes: ProvinceShapes, code: string): ProvinceShapes {
  const isLast = (shape: ProvinceShapes['features'][number]) => Number(shape.properties.code === code)
  return { ...shapes, features: [...shapes.features].sort((a, b) => isLast(a) - isLast(b)) }
}

export function ringsOf(shape: ProvinceShapes['features'][number]): readonly (readonly Position[])[] {
  const { geometry } = shape
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

/** The bounds of all shapes, or of those whose codes are given. */
export function boundsOf(shapes: ProvinceShapes, codes?: ReadonlySet<string>): Bounds {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const shape of shapes.features) {
    if (codes && !codes.has(shape.properties.code)) continue
    for (const ring of ringsOf(shape)) {
      for (const [lon = 0, lat = 0] of ring) {
        west = Math.min(west, lon)
        south = Math.min(south, lat)
        east = Math.max(east, lon)
        north = Math.max(north, lat)
      }
    }
  }
  return [west, south, east, north]
}

/** The bounds, wide enough for points that lie outside of the simplified shape. */
export function boundsWith(bounds: Bounds, parts: readonly MapPart[]): Bounds {
  let [west, south, east, north] = bounds
  for (const { lon, lat } of parts) {
    west = Math.min(west, lon)
    south = Math.min(south, lat)
    east = Math.max(east, lon)
    north = Math.max(north, lat)
  }
  return [west, south, east, north]
}
