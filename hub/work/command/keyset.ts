import { unfitField } from '../../contract/refusals/wrong-fields.ts'

/** Where the next page begins, as clients hold it: the sort key of the last row shown. */
export function writeCursor(key: readonly number[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** @throws ApiError 400 for anything that is not a cursor of `length` numbers. */
export function readCursor(text: string, length: number): readonly number[] {
  const values = parse(Buffer.from(text, 'base64url').toString())
  if (Array.isArray(values) && values.length === length && values.every(Number.isSafeInteger)) return values
  throw unfitField('query', 'cursor', 'cursor_wrong')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where the next page of a list by id begins; `null` after the last. */
export function idAfter<Id>(rows: readonly { readonly id: Id }[], limit: number): Id | null {
  return rows.length === limit ? (rows.at(-1)?.id ?? null) : null
}
