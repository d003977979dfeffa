import { expect, it } from 'vitest'
import { happened, sampleOf } from './happenings.ts'

const cells =
  (values: Readonly<Record<string, number>>) =>
  (column: string, code: string): number =>
    values[`${column} ${code}`] ?? 0
const DAY = '2021-11-11'
const CODES = ['50', '51']

it('tells what has become more, the rarest first, and of equals the most', () => {
  const before = sampleOf(cells({ 'cases@2021-11-11 50': 4, 'claims.15m@2021-11-11 50': 1 }), CODES, DAY)
  const after = sampleOf(
    cells({
      'cases@2021-11-11 50': 6,
      'cases@2021-11-11 51': 9,
      'claims.15m@2021-11-11 50': 2,
      'claims.later@2021-11-11 50': 1,
      'occupied.3@2021-11-11 51': 1,
    }),
    CODES,
    DAY,
  )
  expect(happened(before, after, CODES, 7)).toEqual([
    { happening: 'claimed', code: '50', count: 2, at: 7 },
    { happening: 'admitted', code: '51', count: 1, at: 7 },
    { happening: 'cases', code: '51', count: 9, at: 7 },
    { happening: 'cases', code: '50', count: 2, at: 7 },
  ])
})

it('tells nothing of a correction, nor of a new day', () => {
  const before = sampleOf(cells({ 'cases@2021-11-11 50': 4 }), CODES, DAY)
  expect(happened(before, sampleOf(cells({ 'cases@2021-11-11 50': 3 }), CODES, DAY), CODES, 0)).toEqual([])
  expect(happened(before, sampleOf(cells({ 'cases@2021-11-12 50': 9 }), CODES, '2021-11-12'), CODES, 0)).toEqual([])
})

it('tells of requests that ended, as many more as ended than began', () => {
  const before = sampleOf(
    cells({ 'needs.bed.open 50': 4, 'needs.food.claimed 50': 2, 'needs.bed.open 51': 1 }),
    CODES,
    DAY,
  )
  const after = sampleOf(
    cells({ 'needs.bed.claimed 50': 3, 'needs.food.claimed 50': 1, 'needs.bed.open 51': 5 }),
    CODES,
    DAY,
  )
  expect(happened(before, after, CODES, 7)).toEqual([{ happening: 'closed', code: '50', count: 2, at: 7 }])
})
