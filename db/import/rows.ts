import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, type Info, parse } from 'csv-parse'
import { withoutInvisible } from '../../hub/contract/vocabulary/text.ts'
import { type ColumnMap, delimiterOf, type Header, readHeader, type Shape } from './header.ts'
import { FileProblem, type RowErrors } from './problem.ts'
import { LINE_BYTES_MAX, type TextFile } from './text.ts'

export type RowOptions = {
  readonly map: ColumnMap
  /** `undefined`: found by itself */
  readonly delimiter: string | undefined
  readonly onBytes?: (bytesRead: number) => void
}

/** Lines that are looked at before the first row is read: enough for a source's notes and titles. */
const HEAD_LINES = 50

/** One row's fields by the project's names, trimmed; a column that the file does not have is absent. */
export type Fields = Readonly<Record<string, string>>

type Parsed = { readonly record: readonly string[]; readonly info: Info }

/**
 * Reads a CSV file row by row. Lines that begin with `#` and rows without any text are passed over; the first other
 * line names the columns. A row of another width than the header is a row error, unless only empty fields are too many.
 * @throws FileProblem for what makes the rest of the file unreadable: encoding, quotes, columns that are missing.
 */
export async function readRows(
  file: TextFile,
  shape: Shape,
  options: RowOptions,
  errors: RowErrors,
  onRow: (line: number, fields: Fields) => void,
): Promise<void> {
  const { head, text } = await peek(file.read(options.onBytes))
  const delimiter = options.delimiter ?? delimiterOf(head, shape, options.map)
  const parser = parse({
    info: true,
    comment: '#',
    comment_no_infix: true,
    delimiter,
    relax_column_count: true,
    max_record_size: LINE_BYTES_MAX,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: true,
  })
  let header: Header | undefined
  const take = ({ record, info }: Parsed): void => {
    if (header === undefined) {
      header = readHeader(record, info.lines, head, delimiter, shape, options.map)
      return
    }
    const { width } = header
    if (record.length < width || record.slice(width).some((field) => field !== '')) {
      errors.add(info.lines, `has ${record.length} columns where the header has ${width}`)
    } else onRow(info.lines, pickFields(record, header))
  }
  // A stream of its own, not a loop over the parser: an error that leaves such a loop inside a pipeline aborts the
  // parser first, and the pipeline then reports "The operation was aborted" instead of it.
  const rows = new Writable({
    objectMode: true,
    write(parsed: Parsed, _, done) {
      try {
        take(parsed)
      } catch (error) {
        return done(error instanceof Error ? error : new Error(String(error)))
      }
      done()
    },
  })
  try {
    await pipeline(Readable.from(text), parser, rows)
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error) : error
  }
  if (header === undefined) throw new FileProblem(undefined, 'holds no header line')
}

/** The first lines of a text, and the whole of it. */
async function peek(blocks: AsyncGenerator<string>): Promise<{ head: string[]; text: AsyncGenerator<string> }> {
  let start = ''
  let lines: string[] = []
  while (lines.length <= HEAD_LINES) {
    const { value, done } = await blocks.next()
    if (done) break
    start += value
    lines = start.split(/\r?\n/, HEAD_LINES + 1)
  }
  async function* whole(): AsyncGenerator<string> {
    if (start !== '') yield start
    yield* blocks
  }
  return { head: lines.slice(0, HEAD_LINES), text: whole() }
}

/** @param record of the header's width */
export function pickFields(record: readonly string[], header: Header): Fields {
  const fields: Record<string, string> = {}
  for (const [column, index] of header.at) fields[column] = withoutInvisible(record[index] ?? '')
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
