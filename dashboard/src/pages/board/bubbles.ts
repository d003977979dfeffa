import type { Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import type { AreaCount } from '../../cases/boardAreas.ts'
import { CLASS_GREYS, TONE_COLOURS } from '../../map/colours.ts'
import type { MapPaint } from '../../map/model.ts'

/** px: of one case, and of the largest number on the map; the area of a circle is its number. */
const RADIUS_MIN = 5
const RADIUS_MAX = 19
/** px: half of what a finger needs between neighbours that stand close */
const TOUCH_MIN = 16

const COLOURS: Readonly<Record<Severity, string>> = {
  red: TONE_COLOURS.alarm,
  yellow: TONE_COLOURS.watch,
  unknown: CLASS_GREYS[4] ?? '',
  green: CLASS_GREYS[3] ?? '',
}

export function touchRadius(radius: number): number {
  return Math.max(TOUCH_MIN, radius)
}

/** Circles of cases; the colour is that of the worst, the white edge that of the chosen area. */
export function bubblePaint(
  areas: readonly AreaCount[],
  chosen: string | null,
  label: (area: AreaCount) => string,
): MapPaint {
  const most = Math.max(1, ...areas.map(({ total }) => total))
  return new Map(
    areas.map((area, rank) => [
      area.code,
      {
        colour: COLOURS[area.worst],
        alarm: area.code === chosen,
        radius: RADIUS_MIN + (RADIUS_MAX - RADIUS_MIN) * Math.sqrt(area.total / most),
        label: label(area),
        rank: area.code === chosen ? -1 : rank,
      },
    ]),
  )
}

type Placed = { readonly code: string; readonly x: number; readonly y: number; readonly radius: number }

/**
 * The circle a press means: the one whose edge is nearest. Circles of a town overlap, and none of them has room for a
 * finger of its own. @returns `undefined` when the press is on none and further than a finger from all
 */
export function pressedBubble(bubbles: readonly Placed[], x: number, y: number): string | undefined {
  const [nearest] = bubbles
    .map((one) => ({ code: one.code, far: Math.hypot(one.x - x, one.y - y) - one.radius }))
    .sort((a, b) => a.far - b.far)
  return nearest !== undefined && nearest.far <= TOUCH_MIN ? nearest.code : undefined
}
