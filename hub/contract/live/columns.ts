/** A value of a row, as JSON carries it. */
export type RowValue = string | number | boolean | null

/**
 * How the text that PostgreSQL prints becomes a value. `flag`: a boolean; `ms`: a moment, as ms since 1970;
 * `account`: an account's id, as the key that boards may show of it.
 */
export type Reading = 'text' | 'number' | 'flag' | 'ms' | 'account'

/** A column of a row. `V`: what stands in it, for the type checker. */
export type Column<V extends RowValue = RowValue> = {
  readonly as: Reading
  readonly nullable: boolean
  /** the table's column; without it, the name on the wire in snake case */
  readonly from?: string
  /** the table's column that stands in where the first is null */
  readonly orFrom?: string
  /** words for people: an UPDATE that leaves a long one as it was does not bring it */
  readonly words?: true
  /** all that may stand in it */
  readonly values?: readonly V[]
}

const column = <V extends RowValue>(as: Reading): Column<V> => ({ as, nullable: false })

export const text = column<string>('text')
export const number = column<number>('number')
export const flag = column<boolean>('flag')
export const ms = column<number>('ms')
export const account = column<string>('account')
export const words: Column<string> = { ...text, words: true }

export function oneOf<const V extends string>(values: readonly V[]): Column<V> {
  return { as: 'text', nullable: false, values }
}

export function orNull<V extends RowValue>(of: Column<V>): Column<V | null> {
  return { ...of, nullable: true }
}

/** `of`, read from the table's column `from`; where that is null from `orFrom`. */
export function from<V extends RowValue>(name: string, of: Column<V>, orFrom?: string): Column<V> {
  return orFrom === undefined ? { ...of, from: name } : { ...of, from: name, orFrom }
}

/** The table's column that a column of a row is read from. */
export function tableColumn(name: string, column: Column): string {
  return column.from ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
