import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'

/** Degrees: west, south, east, north. */
export type Bounds = readonly [number, number, number, number]

export type ProvinceShapes = FeatureCollection<Polygon | MultiPolygon, { readonly code: string }>

export type MapPart = { readonly code: string; readonly lat: number; readonly lon: number }

/**
 * What a map is made of. `polygons`: the provinces carry the values. `points`: the parts do, as circles, within the
 * outline of the province `focus` (districts have no free polygons).
 */
export type MapModel = {
  readonly kind: 'polygons' | 'points'
  readonly shapes: ProvinceShapes
  readonly parts: readonly MapPart[]
  readonly focus: string | null
  readonly bounds: Bounds
}

/** How one part is painted. `rank` 0 is the first to be labelled; `radius` in px, of circles. */
export type PartPaint = {
  readonly colour: string
  readonly alarm: boolean
  readonly radius: number
  readonly label: string
  readonly rank: number
}

export type MapPaint = ReadonlyMap<string, PartPaint>

/** px around the shapes that stay free: legend and inset lie over the map. */
export type MapPadding = {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}
