import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate'
import { type CellValue, readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { withoutInvisible } from '../../hub/contract/vocabulary/text.ts'
import { type Header, readHeader, type Shape } from './header.ts'
import { FileProblem, type RowErrors } from './problem.ts'
import { type Fields, pickFields, type RowOptions } from './rows.ts'

/** Bytes that a workbook may unfold to; 1,500 facilities take 1 MB. */
export const UNFOLDED_BYTES_MAX = 32 * 1024 * 1024
const ENTRIES_MAX = 500
/** One row and one column more than are taken, so that what is beyond them is seen. */
const ROWS_MAX = 20_001
const READ_RANGE = `A1:GS${ROWS_MAX + 1}`

/** A workbook is a zip file. */
export function isXlsx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/**
 * The archive unfolded within bounds and zipped again without compression: what reads it next cannot be made to unfold
 * more. Sizes that the archive's directory understates cut the entry off, and XML that is cut off is refused.
 */
function bounded(bytes: Uint8Array): Uint8Array {
  let unfolded = 0
  let entries = 0
  const filter = ({ originalSize }: UnzipFileInfo): boolean => {
    unfolded += originalSize
    entries++
    if (unfolded > UNFOLDED_BYTES_MAX || entries > ENTRIES_MAX) {
      throw new FileProblem(
        undefined,
        `unfolds to more than ${UNFOLDED_BYTES_MAX / 1024 / 1024} MB: this is no table of facilities`,
      )
    }
    return true
  }
  return zipSync(unzipSync(bytes, { filter }), { level: 0 })
}

type Sheet = Awaited<ReturnType<typeof readXlsx>>['sheets'][number]

/** @throws FileProblem */
async function firstSheet(bytes: Uint8Array): Promise<Sheet> {
  try {
    const { sheets } = await readXlsx(bounded(bytes), { sheets: [0], range: READ_RANGE })
    const [sheet] = sheets
    if (sheet === undefined) throw new FileProblem(undefined, 'holds no sheet')
    return sheet
  } catch (error) {
    if (error instanceof FileProblem) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new FileProblem(undefined, `is not an XLSX workbook that can be read (${why.slice(0, 120)})`)
  }
}

/** What a cell shows. A formula's result is not taken: it may be another where the file is opened next. */
function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return withoutInvisible(String(value))
}

/**
 * Reads the first sheet of a workbook row by row, as readRows reads a CSV file: rows without text, and those that begin
 * with `#`, are passed over; the first other row names the columns.
 * @throws FileProblem for a file that is no workbook, or too large a one
 */
export async function readXlsxRows(
  bytes: Uint8Array,
  shape: Shape,
  options: Pick<RowOptions, 'map'>,
  errors: RowErrors,
  onRow: (line: number, fields: Fields) => void,
): Promise<void> {
  const sheet = await firstSheet(bytes)
  if (sheet.rows.length > ROWS_MAX) throw new FileProblem(ROWS_MAX, `and beyond: at most ${ROWS_MAX - 1} rows are read`)
  let header: Header | undefined
  sheet.rows.forEach((row, i) => {
    const line = i + 1
    const record = row.map(textOf)
    if (record.every((text) => text === '') || record[0]?.startsWith('#')) return
    if (header === undefined) {
      const width = record.findLastIndex((text) => text !== '') + 1
      header = readHeader(record.slice(0, width), line, [], ',', shape, options.map)
      return
    }
    const formula = [...header.at].find(([, column]) => sheet.cells?.get(`${i},${column}`)?.type === 'formula')
    if (formula !== undefined) {
      errors.add(line, `${formula[0]} holds a formula: paste it as a value`)
      return
    }
    onRow(line, pickFields(record, header))
  })
  if (header === undefined) throw new FileProblem(undefined, 'holds no header line')
}

/** A workbook of one sheet; the first row stays in sight. Texts are texts, whatever they begin with. */
export async function writeTable(
  name: string,
  rows: readonly (readonly (string | number | null)[])[],
  widths: readonly number[],
): Promise<Uint8Array> {
  const sheet: WriteSheet = {
    name,
    columns: widths.map((width) => ({ width })),
    rows: rows.map((row) => [...row]),
    freezePane: { rows: 1 },
  }
  return writeXlsx({ sheets: [sheet] })
}
