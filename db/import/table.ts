import type { Shape } from './header.ts'
import { FileProblem, type RowErrors } from './problem.ts'
import { type Fields, readRows } from './rows.ts'
import { wholeLines } from './text.ts'
import { isXlsx, readXlsxRows } from './xlsx.ts'

export type TableOptions = {
  readonly map?: Readonly<Record<string, string>> | undefined
  readonly delimiter?: string | undefined
  /** a longer file is another */
  readonly rowsMax: number
}

async function* once(bytes: Uint8Array): AsyncGenerator<Buffer> {
  yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * Reads a CSV or XLSX file, whichever it is, row by row.
 * @param onBroken a row of another width than the header, or with a formula
 * @throws FileProblem when the file as a whole cannot be used
 */
export async function readTable(
  bytes: Uint8Array,
  shape: Shape,
  { map = {}, delimiter, rowsMax }: TableOptions,
  onRow: (line: number, fields: Fields) => void,
  onBroken: (line: number, what: string) => void,
): Promise<void> {
  if (bytes.length === 0) throw new FileProblem(undefined, 'is empty')
  let read = 0
  const errors: RowErrors = {
    add(line, what) {
      read++
      onBroken(line, what)
    },
    count: 0,
    first: [],
  }
  const count = (line: number, fields: Fields): void => {
    read++
    if (read > rowsMax) throw new FileProblem(line, `and beyond: at most ${rowsMax} rows are read`)
    onRow(line, fields)
  }
  if (isXlsx(bytes)) await readXlsxRows(bytes, shape, { map }, errors, count)
  else {
    const file = { bytes: bytes.length, read: () => wholeLines(once(bytes)) }
    await readRows(file, shape, { map, delimiter }, errors, count)
  }
  if (read === 0) throw new FileProblem(undefined, 'has a header and no rows')
}
