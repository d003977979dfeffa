import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, type Info, parse } from 'csv-parse'
import { FileProblem, type RowErrors } from './problem.ts'
import { LINE_BYTES_MAX, type TextFile } from './text.ts'

/** Which columns a file must have and may have, by the project's names. */
export type Shape = { readonly required: readonly string[]; readonly optional: readonly string[] }

export type RowOptions = {
  /** the project's name → the file's name of the column */
  readonly map: Readonly<Record<string, string>>
  readonly delimiter: string
  readonly onBytes?: (bytesRead: number) => void
}

/** One row's fields by the project's names, trimmed; a column that the file does not have is absent. */
export type Fields = Readonly<Record<string, string>>

type Parsed = { readonly record: readonly string[]; readonly info: Info }

/**
 * Reads a CSV file row by row. Lines that begin with `#` and empty lines are passed over; the first other line names
 * the columns. A row of another width than the header is a row error.
 * @throws FileProblem for what makes the rest of the file unreadable: encoding, quotes, columns that are missing.
 */
export async function readRows(
  file: TextFile,
  shape: Shape,
  options: RowOptions,
  errors: RowErrors,
  onRow: (line: number, fields: Fields) => void,
): Promise<void> {
  const parser = parse({
    info: true,
    comment: '#',
    comment_no_infix: true,
    delimiter: options.delimiter,
    relax_column_count: true,
    max_record_size: LINE_BYTES_MAX,
    skip_empty_lines: true,
    trim: true,
  })
  let header: Header | undefined
  try {
    await pipeline(Readable.from(file.read(options.onBytes)), parser, async (parsed: AsyncIterable<Parsed>) => {
      for await (const { record, info } of parsed) {
        if (header === undefined) header = readHeader(record, info.lines, shape, options)
        else if (record.length !== header.width) {
          errors.add(info.lines, `has ${record.length} columns where the header has ${header.width}`)
        } else onRow(info.lines, pick(record, header))
      }
    })
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error) : error
  }
  if (header === undefined) throw new FileProblem(undefined, 'holds no header line')
}

type Header = { readonly width: number; readonly at: ReadonlyMap<string, number> }

function readHeader(names: readonly string[], line: number, shape: Shape, options: RowOptions): Header {
  const at = new Map<string, number>()
  const missing: string[] = []
  for (const column of [...shape.required, ...shape.optional]) {
    const mapped = options.map[column]
    const index = names.indexOf(mapped ?? column)
    if (index >= 0) at.set(column, index)
    else if (mapped !== undefined) missing.push(`${mapped} (mapped to ${column})`)
    else if (shape.required.includes(column)) missing.push(column)
  }
  if (missing.length > 0) {
    const other = [';', '\t', '|'].find((mark) => mark !== options.delimiter && names.some((n) => n.includes(mark)))
    const hint = other ? `; the columns seem to be separated by ${JSON.stringify(other)}: use --delimiter` : ''
    throw new FileProblem(
      line,
      `has no column ${missing.join(', ')} (found: ${names.join(', ')})${hint || '; name it with --map'}`,
    )
  }
  return { width: names.length, at }
}

function pick(record: readonly string[], header: Header): Fields {
  const fields: Record<string, string> = {}
  for (const [column, index] of header.at) fields[column] = record[index] ?? ''
  return fields
}

const CSV_WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote (") opens and never closes',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote (")',
  INVALID_OPENING_QUOTE: 'a quote (") inside a field that does not begin with one',
  CSV_MAX_RECORD_SIZE: `a row of more than ${LINE_BYTES_MAX / 1024} KiB; is a quote (") not closed?`,
}

function csvProblem(error: CsvError): FileProblem {
  const lines: unknown = error.lines
  return new FileProblem(typeof lines === 'number' ? lines : undefined, CSV_WORDS[error.code] ?? error.message)
}
