import type { Projection } from './mercator.ts'
import type { MapPaint, MapPart } from './model.ts'

export type PlacedLabel = {
  readonly code: string
  readonly x: number
  readonly y: number
  readonly lines: readonly string[]
}

/** Mean advance of a letter in em; Thai vowels above and below have none, so this errs to the safe side. */
const LETTER_EM = 0.56
const LINE_EM = 1.3

/** Labels in order of rank; one that would touch an earlier one is left out. For maps without an engine of their own. */
export function placeLabels(
  parts: readonly MapPart[],
  paint: MapPaint,
  project: Projection,
  size: number,
  box: { readonly width: number; readonly height: number },
): readonly PlacedLabel[] {
  const placed: (PlacedLabel & { halfWidth: number; halfHeight: number })[] = []
  const ranked = parts
    .flatMap((part) => {
      const look = paint.get(part.code)
      return look?.label ? [{ part, look }] : []
    })
    .sort((a, b) => a.look.rank - b.look.rank)
  for (const { part, look } of ranked) {
    const lines = look.label.split('\n')
    const [x, y] = project(part.lon, part.lat)
    const halfWidth = (Math.max(...lines.map((line) => line.length)) * LETTER_EM * size) / 2
    const halfHeight = (lines.length * LINE_EM * size) / 2
    const inside =
      x - halfWidth >= 0 && x + halfWidth <= box.width && y - halfHeight >= 0 && y + halfHeight <= box.height
    const free = placed.every(
      (other) =>
        Math.abs(other.x - x) > other.halfWidth + halfWidth || Math.abs(other.y - y) > other.halfHeight + halfHeight,
    )
    if (inside && free) placed.push({ code: part.code, x, y, lines, halfWidth, halfHeight })
  }
  return placed
}
