import { expect, it } from 'vitest'
import type { Cells } from '../../../hub/contract/indicators/cells.ts'
import { INDICATORS } from '../../../hub/contract/indicators/index.ts'
import { addDays } from '../../../hub/contract/vocabulary/days.ts'
import { facilityCells, withFacility } from './facilityCells.ts'

const HOUR_MS = 3_600_000
const NOW = Date.parse('2021-11-11T05:00:00Z')
const TODAY = '2021-11-11'
const row = (level: '3' | '2.1', occupied: number, reportedAt = NOW) => ({
  ...{ id: `7.${level}`, facility: 7, level, staffed: 20, available: 17 - occupied, held: 1 },
  ...{ occupied, cleaning: 1, blocked: 1, reportedAt },
})
const census = Array.from({ length: 13 }, (_, i) => ({
  day: addDays(TODAY, i - 13),
  level: '3' as const,
  occupied: 1 + i,
}))
const wall = {
  ...{ id: 7, kind: 'hospital' as const, district: '5001', nameTh: '', nameEn: '', coming: [], census },
  doses: { today: 0, week: 0 },
}
const cellsOf = (beds: readonly ReturnType<typeof row>[]): Cells =>
  withFacility(
    () => 0,
    'H7',
    facilityCells(() => ({ wall, beds, today: TODAY, now: NOW })),
  )
const read = (
  cells: Cells,
  id: 'beds.occupancy' | 'beds.free' | 'beds.other' | 'beds.full',
  level: '3' | '2.1' | '1',
) => INDICATORS[id].read(cells, { code: 'H7', parts: [], whole: 'H7' }, TODAY, NOW, { level })

it('the dictionary reads a facility by the formulas of an area: occupancy, what is free, and when it is full', () => {
  const cells = cellsOf([row('3', 14)])
  expect(read(cells, 'beds.occupancy', '3')).toMatchObject({ value: 0.7, parts: 20, reported: 20 })
  expect(read(cells, 'beds.free', '3').value).toBe(3)
  expect(read(cells, 'beds.other', '3').value).toBe(3)
  const full = read(cells, 'beds.full', '3')
  expect(full.value).toBeCloseTo(3, 5)
  expect(full.low).toBeCloseTo(3, 5)
  expect(read(cells, 'beds.free', '1')).toMatchObject({ value: 0 })
})

it('level 2.1 is not taken for level 1', () => {
  const cells = cellsOf([row('2.1', 9)])
  expect(read(cells, 'beds.occupancy', '2.1').value).toBe(0.45)
  expect(read(cells, 'beds.free', '1').value).toBe(0)
})

it('a count that has missed its day is late, and one that nobody made is not known', () => {
  const cells = cellsOf([row('3', 14, NOW - 27 * HOUR_MS)])
  expect(read(cells, 'beds.occupancy', '3')).toMatchObject({ value: 0.7, parts: 20, reported: 0 })
  expect(read(cells, 'beds.free', '1')).toMatchObject({ value: null, why: 'not_reported' })
  expect(read(cellsOf([]), 'beds.occupancy', '3')).toMatchObject({ value: null, why: 'not_reported' })
})
