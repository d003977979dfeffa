import path from 'node:path'
import type PDFDocument from 'pdfkit'

type Document = InstanceType<typeof PDFDocument>
export type Weight = 400 | 700
/** `actual`: what the letters say, where they had to be taken apart to be drawn. */
type Run = { readonly font: string; readonly letters: string; readonly actual: string | undefined }

const FONTS = path.join(import.meta.dirname, 'fonts')
const SCRIPT_RUNS = /[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+/g
const isThai = (text: string) => /[\u0e00-\u0e7f]/.test(text)
/** Letters that the fonts have; another one is a question mark, so that one sees that something stood there. */
const UNPRINTABLE = /[^\u0020-\u007e\u00a0-\u00ff\u0e01-\u0e5b\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u2212]/gu

/**
 * Sara am is a ring above the consonant, below its tone mark, and an aa behind it. HarfBuzz takes it apart so; fontkit, which
 * shapes for pdfkit, would set the ring above the tone mark.
 */
export function withoutSaraAm(text: string): string {
  return text.replace(/([\u0e48-\u0e4b]?)\u0e33/g, '\u0e4d$1\u0e32')
}

/**
 * Of a tall consonant the mark above goes before the vowel below: the two do not touch, and in the other order fontkit 2.0.4 does not
 * see that the mark stands beside the ascender (HarfBuzz looks past the vowel), and throws at ฬ, whose vowel has no anchor for it.
 */
export function withBelowLast(text: string): string {
  return text.replace(/(?<=[ปฝฟฬ])([\u0e38-\u0e3a]+)([\u0e31\u0e34-\u0e37\u0e47-\u0e4e]+)/g, '$2$1')
}

function runsOf(text: string, weight: Weight): readonly Run[] {
  const printable = text.replace(UNPRINTABLE, '?')
  return (printable.match(SCRIPT_RUNS) ?? []).map((run) =>
    isThai(run)
      ? { font: `thai-${weight}`, letters: withBelowLast(withoutSaraAm(run)), actual: run }
      : { font: `latin-${weight}`, letters: run, actual: undefined },
  )
}

/** Sets Thai and Latin text in a document: two fonts of two weights, lines broken between words, also Thai ones. */
export function createType(doc: Document) {
  for (const weight of [400, 700]) {
    for (const script of ['thai', 'latin'])
      doc.registerFont(`${script}-${weight}`, path.join(FONTS, `${script}-${weight}.ttf`))
  }
  const words = new Intl.Segmenter('th', { granularity: 'word' })
  const letters = new Intl.Segmenter('th', { granularity: 'grapheme' })

  function width(text: string, size: number, weight: Weight = 400): number {
    return runsOf(text, weight).reduce(
      (sum, run) => sum + doc.font(run.font).fontSize(size).widthOfString(run.letters),
      0,
    )
  }

  /** What fits into `room` points, and the rest. A word longer than a line is broken between letters. */
  function wrap(text: string, room: number, size: number, weight: Weight = 400): readonly string[] {
    const lines: string[] = []
    for (const paragraph of text.split('\n')) {
      let line = ''
      const put = (piece: string) => {
        if (width(line + piece.trimEnd(), size, weight) <= room) line += piece
        else {
          if (line.trim() !== '') lines.push(line.trimEnd())
          line = piece.trimStart()
        }
      }
      for (const { segment } of words.segment(paragraph)) {
        if (width(segment, size, weight) <= room) put(segment)
        else for (const letter of letters.segment(segment)) put(letter.segment)
      }
      lines.push(line.trimEnd())
    }
    return lines
  }

  /** One line with its baseline at `y`. @returns where it ends */
  function line(text: string, x: number, y: number, size: number, weight: Weight = 400): number {
    let at = x
    for (const { font, letters: set, actual } of runsOf(text, weight)) {
      doc.font(font).fontSize(size)
      if (actual !== undefined) doc.markContent('Span', { actual })
      doc.text(set, at, y, { lineBreak: false, baseline: 'alphabetic' })
      if (actual !== undefined) doc.endMarkedContent()
      at += doc.widthOfString(set)
    }
    return at
  }

  return { width, wrap, line }
}

export type Type = ReturnType<typeof createType>
