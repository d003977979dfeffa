import { fetchConfig, fetchProvinceShapes } from '../api/areas.ts'
import { keepTrying } from '../api/keepTrying.ts'
import type { Subject } from '../panels/subject.tsx'
import type { Bounds, MapModel, ProvinceShapes } from './model.ts'
import { boundsOf, boundsWith, decodeShapes, withLast } from './shapes.ts'

/** Bangkok and the five provinces around it: a tenth of the people on a hundredth of the map. */
export const VICINITY: ReadonlySet<string> = new Set(['10', '11', '12', '13', '73', '74'])

export type MapModels = {
  readonly main: MapModel
  readonly inset: MapModel | undefined
  readonly mapboxToken: string | null
}

/** Read once: a wall that plays scenes draws a map with each of them, without a link too. */
let read: Promise<readonly [ProvinceShapes, string | null]> | undefined

async function readShapes(): Promise<readonly [ProvinceShapes, string | null]> {
  const [topology, { mapboxToken = null }] = await Promise.all([keepTrying(fetchProvinceShapes), fetchConfig()])
  return [decodeShapes(topology), mapboxToken]
}

/** The shapes as the subject needs them: all provinces, or one with its districts as points. */
export async function loadMapModels(subject: Subject): Promise<MapModels> {
  read ??= readShapes()
  const [shapes, mapboxToken] = await read
  if (subject.kind === 'province') {
    const own: Bounds = boundsOf(shapes, new Set([subject.area]))
    const bounds = boundsWith(own, subject.parts)
    const main: MapModel = {
      kind: 'points',
      shapes: withLast(shapes, subject.area),
      parts: subject.parts,
      focus: subject.area,
      bounds,
    }
    return { main, inset: undefined, mapboxToken }
  }
  const { parts } = subject
  const polygons = { kind: 'polygons', shapes, parts, focus: null } as const
  const own = new Set(parts.map(({ code }) => code))
  if (subject.place === 'region')
    return { main: { ...polygons, bounds: boundsOf(shapes, own) }, inset: undefined, mapboxToken }
  const main: MapModel = { ...polygons, bounds: boundsOf(shapes) }
  return { main, inset: { ...main, bounds: boundsOf(shapes, VICINITY) }, mapboxToken }
}
