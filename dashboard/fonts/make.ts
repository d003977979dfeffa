/// <reference types="node" />
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { BRIEFING_FOLDER, briefingFonts } from './briefing.ts'
import { NAMES_FOLDER, nameFonts } from './names.ts'

/** `npm run fonts`, when a language or its font's package has changed. */
for (const [folder, fonts] of [
  [NAMES_FOLDER, await nameFonts()],
  [BRIEFING_FOLDER, await briefingFonts()],
] as const) {
  for (const [name, font] of fonts) {
    await writeFile(path.join(folder, name), font)
    console.info(`${name}: ${font.length} bytes`)
  }
}
