export type CsvCell = string | number | null | undefined

/** A text that begins like a formula would be run by a spreadsheet; a number below zero is none. */
function cell(value: CsvCell): string {
  const text = String(value ?? '')
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (cells: readonly CsvCell[]): string => cells.map(cell).join(',')

/** For a spreadsheet: RFC 4180, UTF-8 with its mark. */
export const csvFile = (rows: readonly (readonly CsvCell[])[]): string => `\ufeff${rows.map(csvLine).join('\r\n')}\r\n`
