import type { RowFault } from '../../../hub/contract/refusals/row-faults.ts'
import type { Fields } from '../rows.ts'
import { readTable } from '../table.ts'
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

/**
 * Reads a CSV or XLSX file of facilities, whichever it is.
 * @throws FileProblem when the file as a whole cannot be used
 */
export async function readFacilityFile(
  bytes: Uint8Array,
  places: Places,
  { map = {}, delimiter }: FileOptions = {},
): Promise<{ readonly rows: readonly FileRow[]; readonly faults: readonly Fault[] }> {
  const rows: FileRow[] = []
  const faults: Fault[] = []
  const refuse = (line: number, fault: RowFault) => faults.push({ line, fault })
  const onRow = (line: number, fields: Fields): void => {
    const row = readFacilityRow(line, fields, places)
    if ('kind' in row) rows.push(row)
    else for (const fault of row) refuse(line, fault)
  }
  const options = { map, delimiter, rowsMax: FACILITY_ROWS_MAX }
  await readTable(bytes, FACILITY_SHAPE, options, onRow, (line, what) =>
    refuse(line, { key: 'width', params: { what } }),
  )
  return { rows, faults }
}
