import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { writeTable } from './xlsx.ts'

/** A workbook whose parts declare entities: one of this machine's files, and one that unfolds to more and more. */
async function withEntities(use: string): Promise<Uint8Array> {
  const parts = unzipSync(
    await writeTable(
      'T',
      [
        ['code', 'kind'],
        ['REPLACED', 'hospital'],
      ],
      [10, 10],
    ),
  )
  const declared = `<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
  const changed = Object.entries(parts).map(([name, bytes]) => {
    if (!name.endsWith('.xml')) return [name, bytes]
    const text = strFromU8(bytes).replace(/^(<\?xml[^>]*\?>)?/, (head) => head + declared)
    return [name, strToU8(text.replaceAll('REPLACED', use))]
  })
  return zipSync(Object.fromEntries(changed))
}

test.each(['&file;', '&b;'])(
  'a workbook that declares entities gives what was written, %s, and opens nothing',
  async (use) => {
    const bytes = await withEntities(use)
    const cells = await readXlsx(bytes, { sheets: [0] }).then(
      ({ sheets }) => sheets[0]?.rows.flat().map(String) ?? [],
      (error: unknown) => [`refused: ${String(error)}`],
    )
    expect(cells.join('\n')).not.toMatch(/lollol/)
    expect(cells.join('\n')).toMatch(/refused|&(?:file|b);/)
  },
)
