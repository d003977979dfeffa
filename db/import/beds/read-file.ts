import type { RowFault } from '../../../hub/contract/refusals/row-faults.ts'
import { BED_LEVELS, BED_STATES, type BedLevel, type BedState } from '../../../hub/contract/vocabulary/beds.ts'
import { asciiDigits } from '../../../hub/contract/vocabulary/text.ts'
import type { Shape } from '../header.ts'
import type { Fields } from '../rows.ts'
import { readTable } from '../table.ts'

/** 1,500 facilities with five levels each; a longer file is another. */
export const BED_ROWS_MAX = 10_000
const BEDS_MAX = 1_000_000

const NEEDED = ['level', 'staffed', 'available', 'occupied'] as const
export const BED_SHAPE: Shape = {
  required: NEEDED,
  optional: ['facility', 'held', 'cleaning', 'blocked'],
  alsoCalled: {
    facility: ['id', 'code', 'hcode', 'hospcode', 'hospital code', 'สถานพยาบาล', 'รหัสสถานพยาบาล', 'รหัส 5 หลัก', 'รหัส'],
    level: ['ระดับ', 'ระดับเตียง'],
    staffed: ['total', 'ทั้งหมด', 'เตียงทั้งหมด'],
    available: ['free', 'ว่าง', 'เตียงว่าง'],
    held: ['จอง'],
    occupied: ['ครอง', 'เตียงครอง'],
    cleaning: ['ทำความสะอาด'],
    blocked: ['งดใช้'],
  },
}

/** `facility`: a hospital code or a number, as it stands; `undefined`: that of whoever reports. */
export type BedLine = {
  readonly line: number
  readonly facility: string | undefined
  readonly level: BedLevel
  readonly counts: Readonly<Record<BedState, number>>
}
export type BedFault = { readonly line: number; readonly fault: RowFault }

function readLine(line: number, fields: Fields): BedLine | RowFault[] {
  const text = (column: string) => asciiDigits(fields[column] ?? '').trim()
  const faults: RowFault[] = []
  const level = BED_LEVELS.find((known) => known === text('level').replace(',', '.'))
  if (level === undefined) {
    const params = { value: text('level'), levels: BED_LEVELS.join(', ') }
    faults.push({ key: 'bed_level', params })
  }
  const counts = {} as Record<BedState, number>
  for (const state of BED_STATES) {
    const typed = text(state)
    if (typed === '') {
      counts[state] = 0
      if (NEEDED.some((column) => column === state)) faults.push({ key: 'missing', params: { column: state } })
    } else if (/^\d{1,7}$/.test(typed) && Number(typed) <= BEDS_MAX) counts[state] = Number(typed)
    else faults.push({ key: 'bed_count', params: { column: state, value: typed } })
  }
  if (level === undefined || faults.length > 0) return faults
  const sum = BED_STATES.reduce((all, state) => all + (state === 'staffed' ? 0 : counts[state]), 0)
  if (sum !== counts.staffed) return [{ key: 'beds_sum', params: { sum, staffed: counts.staffed } }]
  return { line, facility: text('facility') || undefined, level, counts }
}

/**
 * Reads a CSV or XLSX file of bed counts, or what was copied from a spreadsheet.
 * @throws FileProblem when the file as a whole cannot be used
 */
export async function readBedFile(
  bytes: Uint8Array,
): Promise<{ readonly lines: readonly BedLine[]; readonly faults: readonly BedFault[] }> {
  const lines: BedLine[] = []
  const faults: BedFault[] = []
  await readTable(
    bytes,
    BED_SHAPE,
    { rowsMax: BED_ROWS_MAX },
    (line, fields) => {
      const read = readLine(line, fields)
      if ('counts' in read) lines.push(read)
      else for (const fault of read) faults.push({ line, fault })
    },
    (line, what) => faults.push({ line, fault: { key: 'width', params: { what } } }),
  )
  return { lines, faults }
}
