/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import subsetFont from 'subset-font'

export const BRIEFING_FOLDER = path.join(import.meta.dirname, '../../hub/work/briefing/fonts')

const range = (from: number, to: number) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))

/** What each font of a briefing has. */
const SCRIPTS = {
  thai: { file: 'noto-sans-thai/files/noto-sans-thai-thai', letters: range(0x0e01, 0x0e5b) },
  latin: { file: 'noto-sans/files/noto-sans-latin', letters: `${range(0x20, 0x7e)}${range(0xa0, 0xff)}–—‘’“”…•−` },
} as const
const WEIGHTS = [400, 700] as const

/** Each script in two weights, as TrueType of one weight: a PDF can hold no variable font. By file name. */
export async function briefingFonts(): Promise<ReadonlyMap<string, Buffer>> {
  const require = createRequire(import.meta.url)
  const made = Object.entries(SCRIPTS).flatMap(([script, { file, letters }]) =>
    WEIGHTS.map(async (wght) => {
      const source = await readFile(require.resolve(`@fontsource-variable/${file}-wght-normal.woff2`))
      const font = await subsetFont(source, letters, { targetFormat: 'truetype', variationAxes: { wght } })
      return [`${script}-${wght}.ttf`, font] as const
    }),
  )
  return new Map(await Promise.all(made))
}
