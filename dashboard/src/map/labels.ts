import type { Projection } from './mercator.ts'
import type { MapPaint, MapPart } from './model.ts'

/** `x`, `y`: px of the middle of the text. */
export type PlacedLabel = {
  readonly code: string
  readonly x: number
  readonly y: number
  readonly lines: readonly string[]
}

/** px: a middle and the halves of width and height. */
export type Box = { readonly x: number; readonly y: number; readonly halfWidth: number; readonly halfHeight: number }

export type LabelBox = PlacedLabel & Box

type Frame = { readonly width: number; readonly height: number }

/** Mean advance of a letter in em; Thai vowels above and below have none and are not counted. */
const LETTER_EM = 0.62
const LINE_EM = 1.25
/** px between a label and its neighbour. */
const GAP = 2
/** em around its point that a small area in alarm needs to be seen. */
const ALARM_EM = 0.5
const MARKS = /\p{Mn}/gu

function widthEm(line: string): number {
  return line.replace(MARKS, '').length * LETTER_EM
}

/** Where a label may stand around its point: on it, else beside, above, below, at a corner, or a line farther off. */
function candidates(box: Box, beside: number): readonly Box[] {
  const dx = box.halfWidth + beside
  const dy = box.halfHeight + beside
  const moves = [
    [0, 0],
    [-dx, 0],
    [dx, 0],
    [0, -dy],
    [0, dy],
    [-dx, -dy],
    [dx, -dy],
    [-dx, dy],
    [dx, dy],
    [-dx - 2 * beside, 0],
    [dx + 2 * beside, 0],
    [0, -dy - 2 * beside],
    [0, dy + 2 * beside],
    // A line of its own above or below the label of a neighbour at the same height.
    ...[-1, 1].flatMap((side) => [-dx / 2, 0, dx / 2].map((x) => [x, side * (2 * box.halfHeight + beside)] as const)),
  ] as const
  return moves.map(([x, y]) => ({ ...box, x: box.x + x, y: box.y + y }))
}

function touches(a: Box, b: Box): boolean {
  const apartX = Math.abs(a.x - b.x) >= a.halfWidth + b.halfWidth + GAP
  return !apartX && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight + GAP
}

const isOff = (box: Box, others: readonly Box[]) => others.every((other) => !touches(box, other))

function isInside(box: Box, frame: Frame): boolean {
  return (
    box.x >= box.halfWidth &&
    box.x + box.halfWidth <= frame.width &&
    box.y >= box.halfHeight &&
    box.y + box.halfHeight <= frame.height
  )
}

/** The same box moved no farther than it must be to stand within the frame. */
function withinFrame(box: Box, { width, height }: Frame): Box {
  const into = (at: number, half: number, length: number) => Math.min(Math.max(at, half), Math.max(half, length - half))
  return { ...box, x: into(box.x, box.halfWidth, width), y: into(box.y, box.halfHeight, height) }
}

/** The same box moved off what it would lie under: beside that, above or below, but no farther than half of its own size. */
function slidOff(box: Box, covers: readonly Box[]): readonly Box[] {
  return covers
    .filter((cover) => touches(box, cover))
    .flatMap((cover) => {
      const dx = box.halfWidth + cover.halfWidth + GAP
      const dy = box.halfHeight + cover.halfHeight + GAP
      return [
        { ...box, x: cover.x - dx },
        { ...box, x: cover.x + dx },
        { ...box, y: cover.y - dy },
        { ...box, y: cover.y + dy },
      ].filter(({ x, y }) => Math.abs(x - box.x) <= box.halfWidth && Math.abs(y - box.y) <= box.halfHeight)
    })
}

function halves(lines: readonly string[], size: number): Pick<Box, 'halfWidth' | 'halfHeight'> {
  return { halfWidth: (Math.max(...lines.map(widthEm)) * size) / 2, halfHeight: (lines.length * LINE_EM * size) / 2 }
}

/** What no label should cover: the points of the parts in alarm. */
export function alarmBoxes(
  parts: readonly MapPart[],
  paint: MapPaint,
  project: Projection,
  size: number,
  onPoints: boolean,
): readonly (Box & { readonly code: string })[] {
  return parts.flatMap((part) => {
    const look = paint.get(part.code)
    if (!look?.alarm) return []
    const [x, y] = project(part.lon, part.lat)
    const half = onPoints ? look.radius : size * ALARM_EM
    return [{ code: part.code, x, y, halfWidth: half, halfHeight: half }]
  })
}

/** A mark and what would stand beside it; `half` px. */
export type MarkedPoint = {
  readonly code: string
  readonly x: number
  readonly y: number
  readonly half: number
  readonly label: string
}

/**
 * Labels of marks, beside them, where there is room left among what is `taken`: the names of areas, what is in alarm,
 * other marks. One that finds none is left out: a place can be looked up, an alarm must be seen.
 */
export function placeMarkLabels(
  points: readonly MarkedPoint[],
  taken: readonly Box[],
  size: number,
  frame: Frame,
): readonly LabelBox[] {
  const blocks: Box[] = [...taken, ...points.map(({ x, y, half }) => ({ x, y, halfWidth: half, halfHeight: half }))]
  const placed: LabelBox[] = []
  for (const { code, x, y, half, label } of points) {
    if (label === '') continue
    const lines = label.split('\n')
    const box = candidates({ x, y, ...halves(lines, size) }, half + GAP)
      .slice(1)
      .find((place) => isInside(place, frame) && blocks.every((other) => !touches(place, other)))
    if (box === undefined) continue
    placed.push({ code, lines, ...box })
    blocks.push(box)
  }
  return placed
}

/**
 * Labels in order of rank, without overlaps; one that finds no room is left out. They keep off what is an alarm, unless
 * there is no other place, off `covers`, what lies over the map, and off `marks` where there is one. For maps without an engine of their own. `size` px; `onPoints`: circles lie under the points,
 * so that a label stands beside.
 */
export function placeLabels(
  parts: readonly MapPart[],
  paint: MapPaint,
  project: Projection,
  size: number,
  frame: Frame,
  onPoints: boolean,
  marks: readonly Box[] = [],
  covers: readonly Box[] = [],
): readonly LabelBox[] {
  const placed: LabelBox[] = []
  const ranked = parts
    .flatMap((part) => {
      const look = paint.get(part.code)
      return look?.label ? [{ part, look }] : []
    })
    .sort((a, b) => a.look.rank - b.look.rank)
  const alarms = alarmBoxes(parts, paint, project, size, onPoints)
  for (const { part, look } of ranked) {
    const lines = look.label.split('\n')
    const [x, y] = project(part.lon, part.lat)
    const around = candidates({ x, y, ...halves(lines, size) }, onPoints ? look.radius + GAP : size * 0.4)
    const beside = onPoints ? around.slice(1) : around
    // A place that would be cut at the edge of the map, or lie under what covers it, is moved, after those that fit.
    const inside = [
      ...beside.filter((box) => isInside(box, frame)),
      ...beside.map((box) => withinFrame(box, frame)),
      ...beside.flatMap((box) => slidOff(box, covers)),
    ]
    const circle = onPoints ? [{ x, y, halfWidth: look.radius - 1, halfHeight: look.radius - 1 }] : []
    const free = inside.filter(
      (box) => isInside(box, frame) && [...placed, ...circle].every((other) => !touches(box, other)),
    )
    const unalarmed = free.filter((box) => alarms.every((alarm) => alarm.code === part.code || !touches(box, alarm)))
    const uncovered = unalarmed.filter((box) => isOff(box, covers))
    const clear = uncovered.find((box) => isOff(box, marks))
    const at = clear ?? uncovered[0] ?? free.find((box) => isOff(box, covers)) ?? unalarmed[0] ?? free[0]
    if (at) placed.push({ code: part.code, lines, ...at })
  }
  return placed
}
