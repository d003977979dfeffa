import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { UNIT_KINDS, type UnitKind } from '../../../hub/contract/vocabulary/units.ts'

/** `sites`: facilities that count them; `oldest`: ms since 1970, their oldest count */
export type UnitSum = {
  readonly kind: UnitKind
  readonly total: number
  readonly free: number
  readonly sites: number
  readonly oldest: number
}

/** What facilities have beside beds, by kind; a kind that nobody counts is not there. */
export function unitSums(rows: readonly RowObject<'unit'>[]): UnitSum[] {
  return UNIT_KINDS.flatMap((kind) => {
    const of = rows.filter((row) => row.kind === kind)
    if (of.length === 0) return []
    const total = of.reduce((sum, row) => sum + row.total, 0)
    const inUse = of.reduce((sum, row) => sum + row.inUse, 0)
    return [
      { kind, total, free: total - inUse, sites: of.length, oldest: Math.min(...of.map((row) => row.reportedAt)) },
    ]
  })
}
