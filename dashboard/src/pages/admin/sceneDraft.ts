import type { Scene } from '../../../../hub/contract/api/scenes.ts'
import { NATION, provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { regionCode, regionOfProvince } from '../../../../hub/contract/vocabulary/regions.ts'
import {
  SCENE_SECONDS_MAX,
  SCENE_SECONDS_MIN,
  WALL_KINDS,
  type WallKind,
  type WallView,
  wallKind,
} from '../../../../hub/contract/vocabulary/walls.ts'

/** A scene while it is written: `place` may be none yet, or one of another kind. */
export type SceneDraft = {
  readonly kind: WallKind
  readonly place: string
  readonly view: WallView
  readonly seconds: string
  readonly from: number | undefined
  readonly to: number | undefined
}

export type SceneGap = 'place' | 'seconds' | 'hours'

const SECONDS_FIRST = '30'

/** What a screen of `area` may show of a kind without being asked which; `''`: it has to be chosen. */
export function placeOfKind(kind: WallKind, area: string): string {
  if (kind === 'nation') return NATION
  if (area === NATION || kind === 'district' || kind === 'facility') return ''
  const province = provinceOf(area)
  return kind === 'region' ? regionCode(regionOfProvince(province) ?? 0) : province
}

/** A new scene: the wall of the screen's area. */
export function newScene(area: string): SceneDraft {
  const kind = area === NATION ? 'nation' : 'province'
  return {
    ...{ kind, place: placeOfKind(kind, area) },
    view: 'situation',
    seconds: SECONDS_FIRST,
    from: undefined,
    to: undefined,
  }
}

export function draftOf({ place, view, seconds, hours }: Scene): SceneDraft {
  // What the hub has taken is of a kind.
  const kind = wallKind(place) ?? WALL_KINDS[0]
  return { kind, place, view, seconds: String(seconds), from: hours?.from, to: hours?.to }
}

/** @returns the scene, or what is missing in it */
export function sceneOf({ kind, place, view, seconds, from, to }: SceneDraft): Scene | SceneGap {
  if (wallKind(place) !== kind) return 'place'
  const count = Number(seconds)
  if (!/^\d+$/.test(seconds.trim()) || count < SCENE_SECONDS_MIN || count > SCENE_SECONDS_MAX) return 'seconds'
  if (from === to && from !== undefined) return 'hours'
  if ((from === undefined) !== (to === undefined)) return 'hours'
  return { place, view, seconds: count, hours: from === undefined || to === undefined ? null : { from, to } }
}

/** @returns the list with the scene `at` one place up (-1) or down (1); at an end it stays */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const to = at + by
  if (to < 0 || to >= list.length) return list
  const after = [...list]
  after.splice(to, 0, ...after.splice(at, 1))
  return after
}
