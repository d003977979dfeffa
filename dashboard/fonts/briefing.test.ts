// @vitest-environment node
/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { BRIEFING_FOLDER, briefingFonts } from './briefing.ts'

it('the fonts of a briefing are those of the packages', async () => {
  for (const [name, font] of await briefingFonts()) {
    expect(font.equals(await readFile(path.join(BRIEFING_FOLDER, name))), `${name} is old: npm run fonts`).toBe(true)
  }
})
