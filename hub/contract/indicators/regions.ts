import { isRegion, provincesOfRegion } from '../vocabulary/regions.ts'
import type { Cells } from './cells.ts'

/** The cells of a health region are the sums of its provinces': every formula of the dictionary then holds for it. */
export function withRegions(cells: Cells): Cells {
  return (column, code) =>
    isRegion(code) ? provincesOfRegion(code).reduce((sum, each) => sum + cells(column, each), 0) : cells(column, code)
}
