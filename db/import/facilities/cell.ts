/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection). */
export const FORMULA_MARK = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u

/** A text as it goes into a file: with an apostrophe before what would be run. */
export function guarded(text: string): string {
  return FORMULA_MARK.test(text) ? `'${text}` : text
}

/** A text of a file without the apostrophe of `guarded`. */
export function unguarded(text: string): string {
  return text.startsWith("'") && FORMULA_MARK.test(text.slice(1)) ? text.slice(1) : text
}
