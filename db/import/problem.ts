/** A fault of an input file that ends the import: printed as `file:line: what`, exit 1. */
export class FileProblem extends Error {
  readonly line: number | undefined

  /** @param line counted from 1; `undefined` when the fault is not of one line */
  constructor(line: number | undefined, what: string) {
    super(what)
    this.name = 'FileProblem'
    this.line = line
  }
}

/** Row errors that are printed one by one; the rest are counted. */
export const ROW_ERRORS_PRINTED_MAX = 20

export type RowErrors = {
  add(line: number, what: string): void
  readonly count: number
  /** the first ROW_ERRORS_PRINTED_MAX, in the order in which they were found */
  readonly first: readonly { readonly line: number; readonly what: string }[]
}

export function createRowErrors(): RowErrors {
  const first: { line: number; what: string }[] = []
  let count = 0
  return {
    add(line, what) {
      count++
      if (first.length < ROW_ERRORS_PRINTED_MAX) first.push({ line, what })
    },
    get count() {
      return count
    },
    first,
  }
}

/** `file:line: what`, or `file: what`. */
export function located(file: string, line: number | undefined, what: string): string {
  return line === undefined ? `${file}: ${what}` : `${file}:${line}: ${what}`
}
