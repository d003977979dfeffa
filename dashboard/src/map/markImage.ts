import { MAP_COLOURS } from './colours.ts'
import { LETTER_DOWN, type MarkShape, markPath } from './marks.ts'

/** Room around a mark for its corners and its line, in halves. */
const ROOM = 1.45

/** A mark as pixels, for an engine that draws images. @param half px. @param ratio device pixels per px */
export function drawMark(shape: MarkShape, letter: string, half: number, ratio: number): ImageData {
  const side = Math.ceil(half * ROOM * 2 * ratio)
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2d canvas for the marks of the map')
  context.scale(ratio, ratio)
  context.translate(side / ratio / 2, side / ratio / 2)
  const outline = new Path2D(markPath(shape, half))
  context.fillStyle = MAP_COLOURS.mark
  context.fill(outline)
  context.lineWidth = 1.5
  context.strokeStyle = MAP_COLOURS.halo
  context.stroke(outline)
  context.fillStyle = MAP_COLOURS.halo
  context.font = `700 ${half * 1.3}px "Jitasa Sans Semibold", "Jitasa Sans", sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(letter, 0, LETTER_DOWN[shape] * half)
  return context.getImageData(0, 0, side, side)
}
