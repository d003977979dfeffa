import { foldedText, withoutInvisible } from '../../hub/contract/vocabulary/text.ts'
import { nearest } from './likeness.ts'
import { FileProblem } from './problem.ts'

/** Which columns a file must have and may have, by the project's names. */
export type Shape = {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** other names of columns that leave no doubt */
  readonly alsoCalled?: Readonly<Record<string, readonly string[]>>
}

/** Columns a file may have; an export of a spreadsheet may have empty ones without end. */
const COLUMNS_MAX = 200

/** How the file may call a column, as names are compared. */
function namesOf(column: string, shape: Shape, map: ColumnMap): readonly string[] {
  const own = map[column]
  return (own === undefined ? [column, ...(shape.alsoCalled?.[column] ?? [])] : [own]).map(foldedText)
}

/** The project's name → the file's name of the column. */
export type ColumnMap = Readonly<Record<string, string>>

/** Where each column of the project's stands in a row. */
export type Header = { readonly width: number; readonly at: ReadonlyMap<string, number> }

/** What separates columns, in the order in which it is believed. */
const DELIMITERS = [',', ';', '\t', '|'] as const

/** What sources call the columns. They are suggested, not taken: a column "cases" may well be cumulative. */
const USUAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  date: ['วันที่', 'วันที่รายงาน', 'day', 'report date'],
  province_code: ['จังหวัด', 'รหัสจังหวัด', 'province', 'province name', 'changwat'],
  new_cases: ['cases', 'confirmed', 'ผู้ป่วยรายใหม่', 'รายใหม่', 'ผู้ติดเชื้อ', 'ผู้ติดเชื้อใหม่', 'ผู้ติดเชื้อรายใหม่', 'ผู้ป่วย'],
  new_deaths: ['deaths', 'เสียชีวิต', 'ผู้เสียชีวิต'],
  dose1_cum: ['dose1', 'เข็ม 1', 'เข็มที่ 1'],
}

function cells(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => withoutInvisible(cell.trim().replace(/^"(.*)"$/, '$1')))
}

const isFilled = (line: string): boolean => line.trim() !== '' && !line.startsWith('#')

function requiredIn(names: readonly string[], shape: Shape, map: ColumnMap): number {
  const found = new Set(names.map(foldedText))
  return shape.required.filter((column) => namesOf(column, shape, map).some((name) => found.has(name))).length
}

/** What separates the columns of a file, told by its first lines. */
export function delimiterOf(lines: readonly string[], shape: Shape, map: ColumnMap): string {
  const filled = lines.filter(isFilled)
  const scores = DELIMITERS.map((delimiter) => ({
    delimiter,
    named: Math.max(0, ...filled.map((line) => requiredIn(cells(line, delimiter), shape, map))),
    cut: filled.filter((line) => line.includes(delimiter)).length,
  }))
  const best = scores.reduce((a, b) => (b.named > a.named || (b.named === a.named && b.cut > a.cut) ? b : a))
  return best.delimiter
}

/**
 * Finds the columns in the first row.
 * @param below the file's first lines, to see what a title row stands above
 * @throws FileProblem that says what is wrong with the row, and what to do
 */
export function readHeader(
  row: readonly string[],
  line: number,
  below: readonly string[],
  delimiter: string,
  shape: Shape,
  map: ColumnMap,
): Header {
  if (row.length > COLUMNS_MAX)
    throw new FileProblem(line, `has ${row.length} columns; at most ${COLUMNS_MAX} are read`)
  const names = row.map(withoutInvisible)
  const at = new Map<string, number>()
  const missing: string[] = []
  for (const column of [...shape.required, ...shape.optional]) {
    const wanted = namesOf(column, shape, map)
    const index = names.findIndex((name) => wanted.includes(foldedText(name)))
    const again = names.findIndex((name, i) => i > index && wanted.includes(foldedText(name)))
    if (index >= 0 && again >= 0) {
      const both = `columns ${index + 1} and ${again + 1}`
      throw new FileProblem(
        line,
        `has two columns ${names[index]} (${both}): rename or delete the one that is not meant`,
      )
    }
    if (index >= 0) at.set(column, index)
    else if (map[column] !== undefined || shape.required.includes(column)) missing.push(column)
  }
  if (missing.length === 0) return { width: names.length, at }
  throw new FileProblem(line, whatIsWrong(names, line, missing, below, delimiter, shape, map))
}

function whatIsWrong(
  names: readonly string[],
  line: number,
  missing: readonly string[],
  below: readonly string[],
  delimiter: string,
  shape: Shape,
  map: ColumnMap,
): string {
  const real = below.findIndex(
    (text, i) => i >= line && requiredIn(cells(text, delimiter), shape, map) === shape.required.length,
  )
  const filled = names.filter((name) => name !== '')
  const [title] = filled
  const columns = shape.required.join(', ')
  if (real >= 0) {
    const what = filled.length === 1 ? `a title (${quote(title ?? '')})` : `something else (${quote(filled.join(' '))})`
    return `holds ${what}, not the column names: these are in line ${real + 1}; delete what stands above it`
  }
  if (filled.length === 1 && below.slice(line).some((text) => cells(text, delimiter).length > 1)) {
    const next = below.findIndex((text, i) => i >= line && isFilled(text))
    const hint = suggestions(cells(below[next] ?? '', delimiter), shape.required, map)
    return (
      `holds a title (${quote(title ?? '')}), not the column names: delete it, and give every column one name in one ` +
      `line (${columns})${hint ? `; line ${next + 1} seems to hold ${hint}` : ''}`
    )
  }
  if (names.some((name) => /^\d{4}-\d{2}-\d{2}$|^\d{1,2}\/\d{1,2}\/\d{4}$/.test(name))) {
    return `holds numbers where the column names should be; put a line above it: ${columns}`
  }
  const told = missing.map((column) => (map[column] === undefined ? column : `${map[column]} (mapped to ${column})`))
  const hint = suggestions(names, missing, map)
  return `has no column ${told.join(', ')} (found: ${names.join(', ')}); ${hint ? `is it ${hint}` : 'name it with --map'}`
}

/** `--map` for the columns that go by another name. */
function suggestions(names: readonly string[], missing: readonly string[], map: ColumnMap): string {
  const pairs = missing.flatMap((column) => {
    const usual = new Set((USUAL_NAMES[column] ?? []).map(foldedText))
    const found =
      names.find((name) => usual.has(foldedText(name))) ?? nearest(map[column] ?? column, names.filter(Boolean))
    return found === undefined ? [] : [`${column}=${found}`]
  })
  if (pairs.length === 0) return ''
  const list = pairs.join(',')
  return `--map ${/\s/.test(list) ? JSON.stringify(list) : list}`
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
