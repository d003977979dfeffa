import type { RowFault } from '../../../hub/contract/refusals/row-faults.ts'
import { FileProblem, type RowErrors } from '../problem.ts'
import { type Fields, readRows } from '../rows.ts'
import { wholeLines } from '../text.ts'
import { isXlsx, readXlsxRows } from '../xlsx.ts'
import { FACILITY_SHAPE } from './columns.ts'
import type { Places } from './gazetteer.ts'
import type { Fault } from './plan.ts'
import { type FileRow, readFacilityRow } from './read-row.ts'

/** Thailand has some 14,000 health facilities; a longer file is another. */
export const FACILITY_ROWS_MAX = 20_000

export type FileOptions = {
  readonly map?: Readonly<Record<string, string>> | undefined
  readonly delimiter?: string | undefined
}

async function* once(bytes: Uint8Array): AsyncGenerator<Buffer> {
  yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * Reads a CSV or XLSX file of facilities, whichever it is.
 * @throws FileProblem when the file as a whole cannot be used
 */
export async function readFacilityFile(
  bytes: Uint8Array,
  places: Places,
  { map = {}, delimiter }: FileOptions = {},
): Promise<{ readonly rows: readonly FileRow[]; readonly faults: readonly Fault[] }> {
  if (bytes.length === 0) throw new FileProblem(undefined, 'is empty')
  const rows: FileRow[] = []
  const faults: Fault[] = []
  let read = 0
  const refuse = (line: number, fault: RowFault) => faults.push({ line, fault })
  const errors: RowErrors = {
    add: (line, what) => refuse(line, { key: 'width', params: { what } }),
    count: 0,
    first: [],
  }
  const onRow = (line: number, fields: Fields): void => {
    read++
    if (read > FACILITY_ROWS_MAX) throw new FileProblem(line, `and beyond: at most ${FACILITY_ROWS_MAX} rows are read`)
    const row = readFacilityRow(line, fields, places)
    if ('kind' in row) rows.push(row)
    else for (const fault of row) refuse(line, fault)
  }
  if (isXlsx(bytes)) await readXlsxRows(bytes, FACILITY_SHAPE, { map }, errors, onRow)
  else {
    const file = { bytes: bytes.length, read: () => wholeLines(once(bytes)) }
    await readRows(file, FACILITY_SHAPE, { map, delimiter }, errors, onRow)
  }
  if (read === 0 && faults.length === 0) throw new FileProblem(undefined, 'has a header and no rows')
  return { rows, faults }
}
