import type { Cells } from '../indicators/cells.ts'
import { columnDay } from '../vocabulary/metrics.ts'
import { cellKey } from './apply.ts'

/** A moment of a scope as day_marks keep it. `at`: ms since 1970; `day`: the operation's */
export type Marked = {
  readonly day: string
  readonly at: number
  /** `[column, area, value, area, value, …]` */
  readonly cells: readonly (readonly (string | number)[])[]
  readonly oldest: readonly { readonly area: string; readonly measure: string; readonly at: number }[]
}
/** The numbers of a scope as they stood at another moment. */
export type Past = Pick<Marked, 'day' | 'at'> & {
  readonly cells: Cells
  readonly oldest: (area: string, measure: string) => number | null
}

/** The cells of a mark; days before it are over, and stand in the scope as they are now. */
export function pastOf({ day, at, cells, oldest }: Marked, present: Cells): Past {
  const values = new Map<string, number>()
  for (const [column, ...pairs] of cells) {
    for (let i = 0; i < pairs.length; i += 2) {
      values.set(cellKey(String(column), String(pairs[i])), Number(pairs[i + 1]))
    }
  }
  const ages = new Map(oldest.map(({ area, measure, at }) => [cellKey(measure, area), at] as const))
  return {
    day,
    at,
    cells(column, area) {
      const of = columnDay(column)
      return of !== undefined && of < day ? present(column, area) : (values.get(cellKey(column, area)) ?? 0)
    },
    oldest: (area, measure) => ages.get(cellKey(measure, area)) ?? null,
  }
}
