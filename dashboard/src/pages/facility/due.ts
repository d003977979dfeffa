import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import { STOCK_HOURS } from '../../../../hub/contract/vocabulary/stock.ts'

const HOUR_MS = 3_600_000
/** A report is said to be due before it is overdue: an hour, or half of a short deadline. */
const SOON_MS = HOUR_MS

export type Due = {
  readonly what: 'beds' | 'report' | 'stock'
  /** ms since 1970: when what stands is overdue; `null`: nothing was ever reported */
  readonly at: number | null
  readonly state: 'later' | 'soon' | 'overdue'
}

type Reported = {
  /** hours after which a report of this kind of facility is overdue; `null`: it has no deadline */
  readonly hours: number | null
  readonly reportedAt: number | null
  readonly beds: readonly Pick<RowObject<'beds'>, 'staffed' | 'reportedAt'>[]
  readonly stock: readonly Pick<RowObject<'stock'>, 'reportedAt'>[]
}

function dueOf(what: Due['what'], last: number | null, hours: number, now: number): Due {
  if (last === null) return { what, at: null, state: 'overdue' }
  const at = last + hours * HOUR_MS
  const soon = Math.min(SOON_MS, (hours * HOUR_MS) / 2)
  return { what, at, state: now > at ? 'overdue' : now > at - soon ? 'soon' : 'later' }
}

const oldestOf = (rows: readonly { readonly reportedAt: number }[]): number =>
  Math.min(...rows.map(({ reportedAt }) => reportedAt))

/** By the rule of db/queries/lateness.ts: beds by the oldest level with staffed beds, who counts none by the last report; stock by its oldest item. */
export function duesOf({ hours, reportedAt, beds, stock }: Reported, now: number): readonly Due[] {
  const staffed = beds.filter((row) => row.staffed > 0)
  const dues: Due[] = []
  if (hours !== null) {
    if (staffed.length > 0) dues.push(dueOf('beds', oldestOf(staffed), hours, now))
    else dues.push(dueOf('report', reportedAt, hours, now))
  }
  if (stock.length > 0) dues.push(dueOf('stock', oldestOf(stock), STOCK_HOURS, now))
  return dues
}
