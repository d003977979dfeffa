/** The `length` days that end with `last`, `YYYY-MM-DD`. */
export type Days = { readonly last: string; readonly length: number }
