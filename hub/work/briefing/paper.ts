import PDFDocument from 'pdfkit'
import { createType, type Weight } from './type.ts'

/** Points; A4. */
const PAGE = { width: 595.28, height: 841.89 } as const
const MARGIN = 42
const FOOT = 30
export const PAPER_WIDTH = PAGE.width - 2 * MARGIN
/** Ink that a black-and-white printer tells apart. */
export const INK = { text: '#16181b', muted: '#444b52', line: '#cdd2d7', fill: '#aab2ba', alarm: '#b3261e' } as const
/** Of a line to its letters: Thai stacks a vowel and a tone mark above and a vowel below. */
const LEADING = 1.5

type TextOptions = { readonly size?: number; readonly weight?: Weight; readonly ink?: string; readonly indent?: number }
/** `share`: of the width. */
export type Column = { readonly title: string; readonly share: number; readonly end?: true }
export type TableRow = { readonly cells: readonly string[]; readonly ink?: string; readonly weight?: Weight }

/** A document of A4 pages that are filled from the top; what does not fit goes on the next one. */
export function createPaper(about: { readonly title: string; readonly language: string; readonly made: Date }) {
  const doc = new PDFDocument({
    ...{ size: 'A4', margin: 0, bufferPages: true, lang: about.language, displayTitle: true, pdfVersion: '1.7' },
    info: { Title: about.title, Author: 'Jitasa', Creator: 'Jitasa', Producer: 'Jitasa', CreationDate: about.made },
  })
  const type = createType(doc)
  let y = MARGIN

  /** Room of `height` points on this page, or a new one. */
  function room(height: number): void {
    if (y + height <= PAGE.height - MARGIN - FOOT) return
    doc.addPage()
    y = MARGIN
  }

  function text(said: string, { size = 10, weight = 400, ink = INK.text, indent = 0 }: TextOptions = {}): void {
    for (const line of type.wrap(said, PAPER_WIDTH - indent, size, weight)) {
      room(size * LEADING)
      doc.fillColor(ink)
      type.line(line, MARGIN + indent, y + size * 1.1, size, weight)
      y += size * LEADING
    }
  }

  return {
    text,
    page(): void {
      doc.addPage()
      y = MARGIN
    },
    /** @param below what has to stand on the same page, in points */
    heading(said: string, below = 30): void {
      room(below + 36)
      y += 10
      text(said, { size: 13, weight: 700 })
      doc
        .moveTo(MARGIN, y)
        .lineTo(PAGE.width - MARGIN, y)
        .lineWidth(0.7)
        .strokeColor(INK.line)
        .stroke()
      y += 6
    },
    /** Rows of cells, each as high as its highest. */
    table(columns: readonly Column[], rows: readonly TableRow[]): void {
      const size = 9.5
      const put = ({ cells, ink = INK.text, weight = 400 }: TableRow) => {
        const wrapped = columns.map(({ share }, i) => type.wrap(cells[i] ?? '', share * PAPER_WIDTH - 6, size, weight))
        const height = Math.max(...wrapped.map((lines) => lines.length)) * size * LEADING
        room(height)
        let x = MARGIN
        columns.forEach(({ share, end }, i) => {
          wrapped[i]?.forEach((line, n) => {
            const left = end ? x + share * PAPER_WIDTH - 6 - type.width(line, size, weight) : x
            doc.fillColor(ink)
            type.line(line, left, y + size * 1.1 + n * size * LEADING, size, weight)
          })
          x += share * PAPER_WIDTH
        })
        y += height
        doc
          .moveTo(MARGIN, y)
          .lineTo(PAGE.width - MARGIN, y)
          .lineWidth(0.3)
          .strokeColor(INK.line)
          .stroke()
        y += 1
      }
      put({ cells: columns.map(({ title }) => title), ink: INK.muted })
      for (const row of rows) put(row)
    },
    /** A drawing over the whole width. @param draw is given its left upper corner */
    drawing(height: number, draw: (place: { doc: typeof doc; type: typeof type; x: number; y: number }) => void): void {
      room(height)
      draw({ doc, type, x: MARGIN, y })
      y += height
    },
    /** Numbers the pages. @returns the whole file */
    async finish(foot: (page: number, of: number) => string): Promise<Buffer> {
      const chunks: Buffer[] = []
      const ended = new Promise<void>((resolve, reject) => {
        doc.on('data', (chunk: Buffer) => chunks.push(chunk))
        doc.on('end', resolve)
        doc.on('error', reject)
      })
      const { count } = doc.bufferedPageRange()
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page)
        doc.fillColor(INK.muted)
        type.line(foot(page + 1, count), MARGIN, PAGE.height - MARGIN, 8)
      }
      doc.end()
      await ended
      return Buffer.concat(chunks)
    },
  }
}

export type Paper = ReturnType<typeof createPaper>
