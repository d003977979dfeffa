import type { Curve } from '../../contract/indicators/cells.ts'
import { INK, PAPER_WIDTH, type Paper } from './paper.ts'
import type { Sayings } from './say.ts'

export const CURVE_HEIGHT = 150
const AXIS = 34
const BAR = { height: 11, gap: 24, label: 90, share: 0.55 } as const

/** The cases of each day as bars, of today an empty one, and their mean of seven days as a line. */
export function drawCurve(paper: Paper, { days, values, mean }: Curve, say: Sayings): void {
  const top = Math.max(1, ...values.map((value) => value ?? 0))
  paper.drawing(CURVE_HEIGHT, ({ doc, type, x, y }) => {
    const plot = { left: x + AXIS, top: y + 8, width: PAPER_WIDTH - AXIS, height: CURVE_HEIGHT - 30 }
    const step = plot.width / days.length
    const at = (i: number, value: number) => ({
      x: plot.left + i * step,
      y: plot.top + plot.height * (1 - value / top),
    })
    doc.lineWidth(0.5).strokeColor(INK.line)
    for (const value of [0, top / 2, top]) {
      const { y: level } = at(0, value)
      doc
        .moveTo(plot.left, level)
        .lineTo(plot.left + plot.width, level)
        .stroke()
    }
    doc.fillColor(INK.muted)
    type.line(say.number(top), x, plot.top + 6, 8)
    type.line('0', x, plot.top + plot.height, 8)
    values.forEach((value, i) => {
      if (value === null || value === 0) return
      const bar = at(i, value)
      const height = plot.top + plot.height - bar.y
      doc.rect(bar.x + step * 0.15, bar.y, step * 0.7, height)
      if (i === days.length - 1) doc.lineWidth(0.6).strokeColor(INK.muted).stroke()
      else doc.fillColor(INK.fill).fill()
    })
    let drawing = false
    mean.forEach((value, i) => {
      if (value === null) {
        drawing = false
        return
      }
      const point = at(i, value)
      if (drawing) doc.lineTo(point.x + step / 2, point.y)
      else doc.moveTo(point.x + step / 2, point.y)
      drawing = true
    })
    doc.lineWidth(1.4).strokeColor(INK.text).stroke()
    doc.fillColor(INK.muted)
    const [first, last] = [days[0], days.at(-1)]
    if (first !== undefined) type.line(say.day(first), plot.left, y + CURVE_HEIGHT - 8, 8)
    if (last !== undefined) {
      const text = say.day(last)
      type.line(text, plot.left + plot.width - type.width(text, 8), y + CURVE_HEIGHT - 8, 8)
    }
  })
}

export type Occupied = {
  readonly label: string
  readonly share: number
  readonly text: string
  readonly alarming: boolean
}

/** How full each level is: the whole bar is what is staffed. */
export function drawOccupancy(paper: Paper, levels: readonly Occupied[]): void {
  for (const { label, share, text, alarming } of levels) {
    paper.drawing(BAR.gap, ({ doc, type, x, y }) => {
      const width = PAPER_WIDTH * BAR.share
      const left = x + BAR.label
      doc.fillColor(INK.text)
      type.line(label, x, y + 12, 9.5)
      doc
        .rect(left, y + 3, width * Math.min(1, share), BAR.height)
        .fillColor(alarming ? INK.alarm : INK.fill)
        .fill()
      doc
        .rect(left, y + 3, width, BAR.height)
        .lineWidth(0.6)
        .strokeColor(INK.muted)
        .stroke()
      doc.fillColor(INK.text)
      type.line(text, left + width + 10, y + 12, 9.5)
    })
  }
}
