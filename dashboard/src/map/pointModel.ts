import type { Bounds, MapModel, MapPart, ProvinceShapes } from './model.ts'
import { boundsOf, boundsWith, withLast } from './shapes.ts'

/** Degrees; an area of one point would be drawn as large as the world. */
const SPAN_MIN = 0.08

function atLeast([west, south, east, north]: Bounds): Bounds {
  const x = Math.max(0, SPAN_MIN - (east - west)) / 2
  const y = Math.max(0, SPAN_MIN - (north - south)) / 2
  return [west - x, south - y, east + x, north + y]
}

/** Parts as points: of a province all of it is in the frame, of a district only the parts themselves. */
export function pointModel(shapes: ProvinceShapes, within: string, parts: readonly MapPart[]): MapModel {
  const province = within.slice(0, 2)
  const nothing: Bounds = [180, 90, -180, -90]
  const isDistrict = within.length > 2 && parts.length > 0
  const bounds = boundsWith(isDistrict ? nothing : boundsOf(shapes, new Set([province])), parts)
  return { kind: 'points', shapes: withLast(shapes, province), parts, focus: province, bounds: atLeast(bounds) }
}
