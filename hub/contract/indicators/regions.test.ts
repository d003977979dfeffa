import { expect, it } from 'vitest'
import { INDICATORS } from './index.ts'
import { withRegions } from './regions.ts'

const DAY = '2021-11-11'
const VALUES: Readonly<Record<string, number>> = {
  [`cases@${DAY} 50`]: 7,
  [`cases@${DAY} 51`]: 5,
  [`cases@${DAY} 10`]: 900,
  'beds.staffed.3 50': 10,
  'beds.occupied.3 50': 9,
  'beds.staffed.3 51': 30,
  'beds.occupied.3 51': 3,
}
const cells = withRegions((column, code) => VALUES[`${column} ${code}`] ?? 0)

it('a health region is read by the formulas of the dictionary, over the sums of its provinces', () => {
  const parts = [{ code: '50' }, { code: '51' }]
  const region = { code: 'R01', population: 1_000_000, parts }
  expect(INDICATORS['cases.day'].read(cells, region, DAY, 0, {})).toMatchObject({ value: 12, parts: 2, reported: 2 })
  expect(INDICATORS['beds.occupancy'].read(cells, region, DAY, 0, { level: '3' }).value).toBeCloseTo(12 / 40)
  expect(cells(`cases@${DAY}`, '50')).toBe(7)
})
