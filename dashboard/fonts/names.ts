/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import subsetFont from 'subset-font'
import type { Language } from '../../hub/contract/vocabulary/languages.ts'
import { LANGUAGE_NAMES } from '../src/i18n/languages.ts'

/** Whoever picks a language sees all names before one is chosen: 230 kB of fonts for three words. */
const SCRIPTS: readonly (readonly [Language, string])[] = [
  ['my', 'noto-sans-myanmar'],
  ['lo', 'noto-sans-lao'],
  ['km', 'noto-sans-khmer'],
]
/** The weight of the picker's buttons. */
const WEIGHT = 400
export const NAMES_FOLDER = path.join(import.meta.dirname, '../src/ui/names')

/** The letters of each language's own name, as fonts of 1–4 kB by file name. */
export async function nameFonts(): Promise<ReadonlyMap<string, Buffer>> {
  const require = createRequire(import.meta.url)
  const made = SCRIPTS.map(async ([language, font]) => {
    const script = font.slice('noto-sans-'.length)
    const file = `@fontsource-variable/${font}/files/${font}-${script}-wght-normal.woff2`
    const subset = await subsetFont(await readFile(require.resolve(file)), LANGUAGE_NAMES[language], {
      targetFormat: 'woff2',
      variationAxes: { wght: WEIGHT },
    })
    return [`names-${language}.woff2`, subset] as const
  })
  return new Map(await Promise.all(made))
}
