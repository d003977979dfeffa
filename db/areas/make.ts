import { writeFile } from 'node:fs/promises'
import { fetchSources } from './fetch.ts'
import { makeShapes } from './shapes.ts'
import { makeTable } from './table.ts'
import type { AreaTable } from './types.ts'

/** One place a line, so that a change of the source reads as one in a diff. */
function tableText(table: AreaTable): string {
  const levels = Object.entries(table).map(
    ([level, rows]) => `"${level}":[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
  )
  return `{${levels.join(',\n')}}\n`
}

const sources = await fetchSources()
const { table, notes } = makeTable(sources)
for (const [file, text] of [
  ['areas.json', tableText(table)],
  ['provinces.topo.json', `${JSON.stringify(makeShapes(sources.shapes))}\n`],
] as const) {
  await writeFile(new URL(file, import.meta.url), text)
  notes.push(`${file}: ${Buffer.byteLength(text)} bytes`)
}
console.log(notes.join('\n'))
