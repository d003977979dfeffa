import { provincesOfRegion } from '../vocabulary/regions.ts'
import type { Cells } from './cells.ts'

/** The cells of a health region are the sums of its provinces': every formula of the dictionary then holds for it. */
export function withRegion(area: string, cells: Cells): Cells {
  const provinces = provincesOfRegion(area)
  if (provinces.length === 0) return cells
  return (column, code) =>
    code === area ? provinces.reduce((sum, each) => sum + cells(column, each), 0) : cells(column, code)
}
