import { expect, it } from 'vitest'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { unitSums } from './units.ts'

const row = (facility: number, kind: RowObject<'unit'>['kind'], total: number, inUse: number, reportedAt: number) => ({
  id: `${facility}.${kind}`,
  facility,
  kind,
  total,
  inUse,
  reportedAt,
})

it('adds up what facilities have beside beds, as old as the oldest count; what nobody counts is not zero but absent', () => {
  const rows = [row(1, 'ventilator', 10, 7, 5), row(2, 'ventilator', 4, 4, 3), row(2, 'child', 6, 1, 3)]
  expect(unitSums(rows)).toEqual([
    { kind: 'ventilator', total: 14, free: 3, sites: 2, oldest: 3 },
    { kind: 'child', total: 6, free: 5, sites: 1, oldest: 3 },
  ])
  expect(unitSums([])).toEqual([])
})
