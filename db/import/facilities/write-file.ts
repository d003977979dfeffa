import { HOSPITAL_CODE } from '../../../hub/contract/vocabulary/facilities.ts'
import { writeTable } from '../xlsx.ts'
import { guarded } from './cell.ts'
import { COLUMN_NOTES, FACILITY_COLUMNS, FACILITY_WIDTHS } from './columns.ts'
import type { Places } from './gazetteer.ts'
import type { Existing } from './plan.ts'

type Cell = string | number | null

/** A facility as a row of a file; the same file read again changes nothing. */
function rowOf(facility: Existing, places: Places): readonly Cell[] {
  const { id, code, kind, name_th, name_en, district, lat, lon, hours, address, capacity, contacts } = facility
  const phones = contacts.map(({ desk, phone, note }) => `${desk} ${phone}${note === null ? '' : ` (${note})`}`)
  const province = places.name(district.slice(0, 2))
  return [
    id,
    // A replay's facilities have words for codes; an empty cell leaves them.
    code !== null && HOSPITAL_CODE.test(code) ? code : null,
    kind,
    guarded(name_th),
    guarded(name_en),
    province,
    places.name(district),
    lat,
    lon,
    hours,
    address === null ? null : guarded(address),
    capacity === null ? null : guarded(capacity),
    phones.join('; ') || null,
  ]
}

const csvField = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell)
  return /[",;\n\r#]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** With a byte order mark, so that Excel reads UTF-8. */
function csvOf(rows: readonly (readonly Cell[])[], notes: readonly string[] = []): Uint8Array {
  const lines = [...notes, ...rows.map((row) => row.map(csvField).join(','))]
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`)
}

export type FileFormat = 'csv' | 'xlsx'
export const FILE_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

async function fileOf(format: FileFormat, rows: readonly (readonly Cell[])[]): Promise<Uint8Array> {
  return format === 'csv' ? csvOf(rows) : writeTable('facilities', rows, FACILITY_WIDTHS)
}

export function facilitiesFile(format: FileFormat, all: readonly Existing[], places: Places): Promise<Uint8Array> {
  return fileOf(format, [FACILITY_COLUMNS, ...all.map((one) => rowOf(one, places))])
}

/** The columns, what each holds, and one example that is passed over. */
export async function templateFile(format: FileFormat): Promise<Uint8Array> {
  const notes = [...COLUMN_NOTES, EXAMPLE]
  if (format === 'csv') return csvOf([FACILITY_COLUMNS], notes)
  return writeTable('facilities', [FACILITY_COLUMNS, ...notes.map((note) => [note])], FACILITY_WIDTHS)
}

const EXAMPLE =
  '# ,11119,ci,ศูนย์พักคอยตัวอย่าง,Example isolation centre,เชียงใหม่,เมืองเชียงใหม่,18.79,98.98,24/7,,40 beds,coordinator 053 000 111'
