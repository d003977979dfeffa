// @vitest-environment node
/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { NAMES_FOLDER, nameFonts } from './names.ts'

const FONT_BYTES_MAX = 6_000

it('the fonts of the language picker hold the names as they are now, and cost a phone little', async () => {
  for (const [name, font] of await nameFonts()) {
    expect(font.equals(await readFile(path.join(NAMES_FOLDER, name))), `${name} is old: npm run fonts`).toBe(true)
    expect(font.length).toBeLessThan(FONT_BYTES_MAX)
  }
})
