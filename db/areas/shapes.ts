import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { quantize } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, quantile, simplify } from 'topojson-simplify'
import type { Topology } from 'topojson-specification'
import type { Shape } from './fetch.ts'

/** The share of corners that stays: those that span the largest triangles. About 60 kB. */
const KEPT = 0.35
/** Steps of the grid along each axis: about 90 m north to south and 80 m west to east. */
const GRID = 2 ** 14

/** Natural Earth's provinces as one topology, object `provinces`, with codes as ids and nothing else. */
export function makeShapes(shapes: readonly Shape[]): Topology {
  const provinces: FeatureCollection<Polygon | MultiPolygon, Record<string, never>> = {
    type: 'FeatureCollection',
    features: shapes
      .map(({ geometry, properties }) => ({
        type: 'Feature' as const,
        id: properties.iso_3166_2.slice('TH-'.length),
        properties: {},
        geometry,
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
  const weighted = presimplify(topology({ provinces }))
  return quantize(simplify(weighted, quantile(weighted, KEPT)), GRID)
}
