import type { Bounds, MapPadding } from './model.ts'

/** Web Mercator in units of the world's width, y down. */
export function mercator(lon: number, lat: number): readonly [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180)
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)]
}

export type Projection = (lon: number, lat: number) => readonly [number, number]

/** Degrees → px, so that the bounds fill the box within the padding, in its middle. */
export function fitProjection(bounds: Bounds, width: number, height: number, padding: MapPadding): Projection {
  const [west, south, east, north] = bounds
  const [x0, y0] = mercator(west, north)
  const [x1, y1] = mercator(east, south)
  const roomX = Math.max(1, width - padding.left - padding.right)
  const roomY = Math.max(1, height - padding.top - padding.bottom)
  const scale = Math.min(roomX / Math.max(1e-9, x1 - x0), roomY / Math.max(1e-9, y1 - y0))
  const left = padding.left + (roomX - (x1 - x0) * scale) / 2
  const top = padding.top + (roomY - (y1 - y0) * scale) / 2
  return (lon, lat) => {
    const [x, y] = mercator(lon, lat)
    return [left + (x - x0) * scale, top + (y - y0) * scale]
  }
}
