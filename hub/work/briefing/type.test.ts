import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as hb from 'harfbuzzjs'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { createType, withBelowLast } from './type.ts'

/** What of Thai is hard to set: marks over marks, over tall letters, below letters with tails, sara am with each tone, leading vowels. */
const HARD = [
  ...['น้ำ', 'ที่นี่', 'ปั่น', 'ผู้ป่วย', 'กำ', 'ก่ำก้ำก๊ำก๋ำ', 'ญุฐู', 'ฎุฏู', 'ปี่ป้าฝี่ฟื้น', 'เก้าโก๋ไก่', 'สิทธิ์', 'พันธุ์ปุ๋ย'],
  ...['กึ่งกลืน', 'เปลี่ยนเป็น', 'ตั้งครรภ์', 'ฤๅษีฦๅ', 'ฯลฯๆ', '๐๑๒๓๔๕๖๗๘๙', 'ศูนย์พักคอย', 'โรงพยาบาลน้ำใจเชียงใหม่'],
] as const
const CONSONANTS = Array.from({ length: 46 }, (_, i) => String.fromCharCode(0xe01 + i)).filter(
  (one) => !'ฤฦ'.includes(one),
)
const ABOVE = ['', 'ั', 'ิ', 'ี', 'ึ', 'ื', '็', 'ุ', 'ู']
const TONES = ['', '่', '้', '๊', '๋', '์']
/** A letter is silenced alone, or with one of two vowels. */
const isWritten = (vowel: string, tone: string) => tone !== '์' || ['', 'ิ', 'ุ'].includes(vowel)
/** Every consonant with every vowel above or below and every tone, a line a consonant. */
const SYLLABLES = CONSONANTS.map((consonant) =>
  ABOVE.flatMap((vowel) => TONES.map((tone) => `${consonant}${vowel}${tone}`)).join(''),
)
const SIZE = 100
const [X, Y] = [50, 200]
/** pdfkit rounds positions to a thousandth of the size. */
const NEAR = 0.15

type Placed<Glyph> = { readonly glyph: Glyph; readonly x: number; readonly y: number }

/** Where HarfBuzz, which browsers shape with, sets each glyph, in points from the beginning of the line. */
async function shaper(weight: 400 | 700) {
  const font = new hb.Font(
    new hb.Face(new hb.Blob(await readFile(path.join(import.meta.dirname, `fonts/thai-${weight}.ttf`)))),
  )
  const { upem } = font.face
  return {
    font,
    shape(text: string): Placed<number>[] {
      const buffer = new hb.Buffer()
      buffer.addText(text)
      buffer.guessSegmentProperties()
      hb.shape(font, buffer)
      const positions = buffer.getGlyphPositions()
      let x = 0
      return buffer.getGlyphInfos().map(({ codepoint }, i) => {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[i] ?? {}
        const placed = { glyph: codepoint, x: ((x + xOffset) * SIZE) / upem, y: (yOffset * SIZE) / upem }
        x += xAdvance
        return placed
      })
    },
  }
}

/** The lines as they stand in a PDF by a reader that is not ours. `glyph`: as the reader calls what it draws. */
async function printed(lines: readonly string[], weight: 400 | 700) {
  const doc = new PDFDocument({ size: [20_000, 400], margin: 0, autoFirstPage: false, compress: false })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => doc.on('end', resolve))
  const type = createType(doc)
  for (const line of lines) {
    doc.addPage()
    type.line(line, X, Y, SIZE, weight)
  }
  doc.end()
  await ended
  const file = Buffer.concat(chunks)
  const pdf = await getDocument({ data: new Uint8Array(file), useSystemFonts: false, verbosity: 0 }).promise
  const placed = await Promise.all(
    lines.map(async (_, i) => placedOn(await (await pdf.getPage(i + 1)).getOperatorList())),
  )
  const shown = await Promise.all(
    lines.map(async (_, i) =>
      (await (await pdf.getPage(i + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(''),
    ),
  )
  return { placed, shown, actual: actualTexts(file) }
}

function placedOn({ fnArray, argsArray }: { fnArray: number[]; argsArray: unknown[][] }): Placed<string>[] {
  const placed: Placed<string>[] = []
  let [x, y] = [0, 0]
  fnArray.forEach((operator, i) => {
    const args = argsArray[i] ?? []
    if (operator === OPS.setTextMatrix)
      [x, y] = [...((args[0] as number[])?.length === 6 ? (args[0] as number[]) : (args as number[]))].slice(4) as [
        number,
        number,
      ]
    if (operator !== OPS.showText) return
    for (const shown of args[0] as (number | { fontChar: string; width: number })[]) {
      if (typeof shown === 'number') x -= (shown * SIZE) / 1000
      else {
        placed.push({ glyph: shown.fontChar, x: x - X, y: y - Y })
        x += (shown.width * SIZE) / 1000
      }
    }
  })
  return placed
}

/** What readers that copy text copy: UTF-16 with its mark of order, brackets and backslashes escaped. */
function actualTexts(file: Buffer): string[] {
  return [...file.toString('latin1').matchAll(/\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)/g)].map(([, escaped = '']) => {
    const bytes = Buffer.from(
      escaped.replace(/\\([\s\S])/g, (_, one: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[one] ?? one),
      'latin1',
    )
    return bytes.subarray(2).swap16().toString('utf16le')
  })
}

type Box = { readonly left: number; readonly right: number; readonly low: number; readonly high: number }
/** Points of ink over ink that an eye does not see at a size of 100. */
const SLIGHT = 1.5
const overlap = (one: Box, other: Box) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLIGHT &&
  Math.min(one.high, other.high) - Math.max(one.low, other.low) > SLIGHT

describe.each([400, 700] as const)('Thai of weight %i in the briefing', (weight) => {
  const lines = [...HARD, ...SYLLABLES]

  it('has the glyphs of HarfBuzz, each where HarfBuzz sets it; what is copied is what was written', async () => {
    const { shape } = await shaper(weight)
    const { placed, actual } = await printed(lines, weight)
    expect(actual).toEqual(lines)
    /** of the PDF's font, which holds what is used alone, to the font's own */
    const own = new Map<string, number>()
    const faults: string[] = []
    lines.forEach((line, i) => {
      const wanted = shape(line)
      const is = placed[i]!
      if (is.length !== wanted.length) faults.push(`${line}: ${is.length} glyphs, not ${wanted.length}`)
      // Marks of tall consonants stand in the other order (withBelowLast).
      const inOrder = withBelowLast(line) === line
      wanted.forEach(({ glyph, x, y }, n) => {
        const set = (inOrder ? is.slice(n, n + 1) : is).find(
          (one) => (own.get(one.glyph) ?? glyph) === glyph && Math.abs(one.x - x) < NEAR && Math.abs(one.y - y) < NEAR,
        )
        if (set === undefined)
          faults.push(`${line}: glyph ${n}, ${glyph}, is not at ${x},${y}: ${JSON.stringify(is[n])}`)
        else own.set(set.glyph, glyph)
      })
    })
    expect(faults.slice(0, 20)).toEqual([])
    expect(new Set(own.values()).size).toBe(own.size)
  })

  it('has no mark above that runs into another', async () => {
    const { shape, font } = await shaper(weight)
    const ink = ({ glyph, x, y }: Placed<number>): Box | undefined => {
      const numbers = [...font.glyphToPath(glyph).matchAll(/(-?[\d.]+),(-?[\d.]+)/g)]
      const at = (n: 1 | 2, from: number) => numbers.map((one) => from + (Number(one[n]) * SIZE) / font.face.upem)
      if (numbers.length === 0) return undefined
      const [xs, ys] = [at(1, x), at(2, y)]
      return { left: Math.min(...xs), right: Math.max(...xs), low: Math.min(...ys), high: Math.max(...ys) }
    }
    const faults = CONSONANTS.flatMap((consonant) =>
      ABOVE.flatMap((vowel) =>
        TONES.filter((tone) => isWritten(vowel, tone)).map((tone) => `${consonant}${vowel}${tone}`),
      ).filter((syllable) => {
        const boxes = shape(syllable).flatMap((placed) => ink(placed) ?? [])
        // The letter itself is left out: a mark stands beside the ascender of a tall one, within its box.
        const above = boxes.slice(1).filter(({ low }) => low > 0)
        return above.some((one, i) => above.slice(i + 1).some((other) => overlap(one, other)))
      }),
    )
    expect(faults).toEqual([])
  })
})
