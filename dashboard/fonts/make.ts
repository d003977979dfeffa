/// <reference types="node" />
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { NAMES_FOLDER, nameFonts } from './names.ts'

/** `npm run fonts`, when a language or its font's package has changed. */
for (const [name, font] of await nameFonts()) {
  await writeFile(path.join(NAMES_FOLDER, name), font)
  console.info(`${name}: ${font.length} bytes`)
}
