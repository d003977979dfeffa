/** Outlines of marks. A mark is told by shape and letter; colour says nothing of a place. */
export const MARK_SHAPES = ['square', 'triangle', 'house', 'hexagon', 'circle', 'diamond', 'drop', 'cross'] as const
export type MarkShape = (typeof MARK_SHAPES)[number]

/** How much of a report's worth is left: it fades before it is gone. */
export const MARK_AGES = ['fresh', 'old', 'silent'] as const
export type MarkAge = (typeof MARK_AGES)[number]
export const MARK_OPACITY: Readonly<Record<MarkAge, number>> = { fresh: 1, old: 0.72, silent: 0.45 }

/** A place on the map. `label` stands beside it where there is room; several lines by `\n`. */
export type MapMark = {
  readonly id: string
  readonly lat: number
  readonly lon: number
  readonly shape: MarkShape
  readonly letter: string
  readonly age: MarkAge
  readonly label: string
}

/** A round number of a part, drawn hollow over what the map shows. `radius` px. */
export type MapRing = {
  readonly code: string
  readonly lat: number
  readonly lon: number
  readonly radius: number
  readonly label: string
}

/** What lies over the shapes and their values. */
export type MapOverlay = { readonly marks: readonly MapMark[]; readonly rings: readonly MapRing[] }

export const NO_OVERLAY: MapOverlay = { marks: [], rings: [] }

/** Corners of a shape around 0, 0, as shares of its half height. */
const CORNERS: Readonly<Record<Exclude<MarkShape, 'circle' | 'drop'>, readonly (readonly [number, number])[]>> = {
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  triangle: [
    [0, -1.2],
    [1.2, 0.88],
    [-1.2, 0.88],
  ],
  house: [
    [0, -1.15],
    [0.95, -0.35],
    [0.95, 0.9],
    [-0.95, 0.9],
    [-0.95, -0.35],
  ],
  hexagon: [
    [-0.55, -0.95],
    [0.55, -0.95],
    [1.1, 0],
    [0.55, 0.95],
    [-0.55, 0.95],
    [-1.1, 0],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  cross: [
    [-1.15, -0.75],
    [1.15, -0.75],
    [0, 1.25],
  ],
}

/** The outline as an SVG path around 0, 0, for `<path>` and for `Path2D`. @param half px */
export function markPath(shape: MarkShape, half: number): string {
  const at = (share: number) => (share * half).toFixed(2)
  if (shape === 'circle') return `M${at(-1)} 0A${at(1)} ${at(1)} 0 1 1 ${at(1)} 0A${at(1)} ${at(1)} 0 1 1 ${at(-1)} 0Z`
  if (shape === 'drop') {
    return `M0 ${at(-1.3)}C${at(0.5)} ${at(-0.7)} ${at(1)} ${at(-0.3)} ${at(1)} ${at(0.25)}A${at(1)} ${at(1)} 0 1 1 ${at(-1)} ${at(0.25)}C${at(-1)} ${at(-0.3)} ${at(-0.5)} ${at(-0.7)} 0 ${at(-1.3)}Z`
  }
  return `M${CORNERS[shape].map(([x, y]) => `${at(x)} ${at(y)}`).join('L')}Z`
}

/** How far below the middle the letter stands, as a share of the half height: a triangle is heavy at its foot. */
export const LETTER_DOWN: Readonly<Record<MarkShape, number>> = {
  square: 0,
  triangle: 0.25,
  house: 0.1,
  hexagon: 0,
  circle: 0,
  diamond: 0,
  drop: 0.2,
  cross: -0.25,
}

/** px: half the height of a mark beside text of `size` px. */
export function markHalf(size: number): number {
  return size * 0.72
}
