import { BED_STATES, type BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import {
  DOSE_NUMBERS,
  DOSE_ROWS_MAX,
  type DoseNumber,
  TARGET_GROUPS,
  VACCINES,
} from '../../../../hub/contract/vocabulary/doses.ts'
import { checkLevel, isBedLevel, type LevelDraft, readCount } from './beds.ts'
import type { DoseReport, DoseRow } from './report.ts'

/** Rows one paste may hold; a day of a large site has a few dozen. */
export const SHEET_ROWS_MAX = 500

export type SheetError =
  | 'too_many_rows'
  | 'no_header'
  | 'level'
  | 'number'
  | 'sum'
  | 'incomplete'
  | 'twice'
  | 'day'
  | 'dose'
  | 'group'
  | 'vaccine'
/** `line` counts from 1, the header included, as a spreadsheet does. */
export type SheetRow<T> = { readonly line: number; readonly cells: readonly string[] } & (
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: SheetError }
)
export type Sheet<T> =
  | { readonly ok: false; readonly error: SheetError; readonly columns: readonly string[] }
  | { readonly ok: true; readonly columns: readonly string[]; readonly rows: readonly SheetRow<T>[] }

/** Cells of what was copied from a spreadsheet (tabs) or of a CSV file (commas or semicolons, quotes). */
export function splitSheet(text: string): readonly (readonly string[])[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const first = lines[0] ?? ''
  const separator = first.includes('\t') ? '\t' : first.includes(';') ? ';' : ','
  return lines.map((line) => splitLine(line, separator))
}

function splitLine(line: string, separator: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i]
    if (char === '"' && quoted && line[i + 1] === '"') cell += line[++i]
    else if (char === '"') quoted = !quoted
    else if (char === separator && !quoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  return [...cells, cell.trim()]
}

type Named = (column: string) => string

function readSheet<T>(
  text: string,
  columns: readonly string[],
  needed: readonly string[],
  read: (cell: Named) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: SheetError },
): Sheet<T> {
  const [head = [], ...body] = splitSheet(text)
  const names = head.map((name) => name.toLowerCase())
  if (!needed.every((column) => names.includes(column))) return { ok: false, error: 'no_header', columns: needed }
  const filled = body
    .map((cells, i) => ({ cells, line: i + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (filled.length > SHEET_ROWS_MAX) return { ok: false, error: 'too_many_rows', columns: needed }
  const shown = columns.filter((column) => names.includes(column))
  const rows = filled.map(({ cells, line }) => {
    const named: Named = (column) => cells[names.indexOf(column)] ?? ''
    return { line, cells: shown.map(named), ...read(named) }
  })
  return { ok: true, columns: shown, rows }
}

/** `level, staffed, available, held, occupied, cleaning, blocked`, one line for each level. */
export function readBedSheet(text: string): Sheet<{ readonly level: BedLevel; readonly draft: LevelDraft }> {
  const seen = new Set<string>()
  return readSheet(text, ['level', ...BED_STATES], ['level', 'staffed', 'available', 'occupied'], (cell) => {
    const level = cell('level').replace(',', '.')
    if (!isBedLevel(level)) return { ok: false, error: 'level' }
    if (seen.has(level)) return { ok: false, error: 'twice' }
    seen.add(level)
    const draft = Object.fromEntries(BED_STATES.map((state) => [state, cell(state)])) as LevelDraft
    const check = checkLevel(level, draft)
    if (check.kind === 'fits') return { ok: true, value: { level, draft } }
    if (check.kind === 'wrong_sum') return { ok: false, error: 'sum' }
    return { ok: false, error: check.kind === 'wrong_number' ? 'number' : 'incomplete' }
  })
}

export type DoseLine = DoseRow & { readonly day: string }

/** `day, dose, group, vaccine, doses`; the day may be left out and is then the operation's. */
export function readDoseSheet(text: string, today: string): Sheet<DoseLine> {
  return readSheet(text, ['day', 'dose', 'group', 'vaccine', 'doses'], ['dose', 'doses'], (cell) => {
    const day = cell('day') === '' ? today : cell('day')
    if (!isDay(day) || day > today) return { ok: false, error: 'day' }
    const dose = readCount(cell('dose'))
    if (dose === undefined || !isDose(dose)) return { ok: false, error: 'dose' }
    const said = cell('group').toLowerCase() || 'general'
    const group = TARGET_GROUPS.find((known) => known === said)
    if (group === undefined) return { ok: false, error: 'group' }
    const brand = cell('vaccine').toLowerCase() || 'unknown'
    const vaccine = VACCINES.find((known) => known === brand)
    if (vaccine === undefined) return { ok: false, error: 'vaccine' }
    const doses = readCount(cell('doses'))
    if (doses === undefined || doses === 0) return { ok: false, error: 'number' }
    return { ok: true, value: { day, dose, group, vaccine, doses } }
  })
}

function isDose(value: number): value is DoseNumber {
  return (DOSE_NUMBERS as readonly number[]).includes(value)
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** One report for each day, and for each 100 rows of it: what one request takes. */
export function doseReports(lines: readonly DoseLine[]): readonly DoseReport[] {
  const byDay = Map.groupBy(lines, ({ day }) => day)
  return [...byDay].flatMap(([day, ofDay]) => {
    const rows = ofDay.map(({ dose, group, vaccine = 'unknown', doses }) => ({ dose, group, vaccine, doses }))
    const chunks = Math.ceil(rows.length / DOSE_ROWS_MAX)
    return Array.from({ length: chunks }, (_, i) => ({
      day,
      correction: false,
      rows: rows.slice(i * DOSE_ROWS_MAX, (i + 1) * DOSE_ROWS_MAX),
    }))
  })
}
