/**
 * How large a wall writes. u is a hundredth of the screen's height, or a 107th of its width where that is smaller: two columns then have room
 * on a screen that stands upright. Where a 107th of the height makes room for three columns, as on a laptop of 16:10, it is what they need. The smallest text is 2.1 u high and is read from 2.9 times the shorter side (a 55-inch screen from 2 m, a
 * video wall of 1.7 m from 5 m), by the rule that text is at least a 150th of the distance high. Who reads from further says so:
 * `?distance=5`, in metres, and `?height=1.6`, of the picture.
 */
export const TEXT_U = 2.1
const HEIGHT_U = 100
const WIDTH_U = 107
/** What the three columns of a nation need, with what stands around them. */
const COLUMNS_U = 171
const DISTANCE_PER_TEXT = 150
/** m: the picture of a screen of 55 inches */
const SCREEN_HEIGHT_M = 0.685
/** A text of 14 px is the smallest that a laptop shows well. */
const TEXT_PX_MIN = 14
/** Beyond it a wall has no room for two panels. */
const LARGER_MAX = 2.5

/** What `?distance=` and `?height=` ask for, as a factor of the usual size, never below it; 1 where they say nothing that can be. */
export function largerText(distance: string | undefined, height: string | undefined): number {
  const metres = Number(distance)
  const high = height === undefined ? SCREEN_HEIGHT_M : Number(height)
  if (distance === undefined || !(metres > 0) || !(high > 0)) return 1
  return Math.min(LARGER_MAX, Math.max(1, metres / DISTANCE_PER_TEXT / ((TEXT_U / WIDTH_U) * high)))
}

/** px of one u. */
export function unitPx(width: number, height: number, larger: number): number {
  const usual = Math.min(width / WIDTH_U, height / HEIGHT_U)
  const ofColumns = width / COLUMNS_U
  const unit = ofColumns >= Math.min(width, height) / WIDTH_U ? Math.min(usual, ofColumns) : usual
  return Math.max(unit * larger, TEXT_PX_MIN / TEXT_U)
}

/** Narrower or lower than this a wall is a page that scrolls: a phone, or a screen at 400 %. */
const FLOWS_BELOW = { width: 900, height: 500 } as const

export function isFlow(width: number, height: number): boolean {
  return width < FLOWS_BELOW.width || height < FLOWS_BELOW.height
}
