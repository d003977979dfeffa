import { expect, it } from 'vitest'
import { addDays } from '../vocabulary/days.ts'
import { breaksOf, gapsOf } from './breaks.ts'
import type { Cells } from './cells.ts'

const TODAY = '2021-11-20'
const day = (ago: number) => addDays(TODAY, -ago)
const breaks = (held: Readonly<Record<string, number>>, area = '50') => {
  const cells: Cells = (column) => held[column] ?? 0
  return breaksOf(cells, 'cases', area, TODAY, 20)
}
const each = (metric: string, values: Readonly<Record<number, number>>) =>
  Object.fromEntries(Object.entries(values).map(([ago, value]) => [`${metric}@${day(Number(ago))}`, value]))

it('a curve of which every day is known has none; one of nothing has none either', () => {
  expect(breaks(each('cases', { 3: 5, 2: 4, 1: 6, 0: 1 }))).toEqual({ gaps: [], partial: [], sources: [] })
  expect(breaks({})).toEqual({ gaps: [], partial: [], sources: [] })
})

it('days within reports that nobody has said are a gap; days before the first and after the last are none', () => {
  const held = { ...each('cases', { 8: 5, 7: 4, 3: 6 }), ...each('reported.cases', { 8: 1, 7: 1, 3: 1 }) }
  expect(breaks(held).gaps).toEqual([{ from: day(6), to: day(4) }])
})

it('a day that was reported as zero is no gap', () => {
  const held = { ...each('cases', { 3: 6, 1: 2 }), ...each('reported.cases', { 3: 1, 2: 1, 1: 1 }) }
  expect(breaks(held).gaps).toEqual([])
})

it('where reports of whole days begin or end beside cases entered one by one, it is counted otherwise from there on', () => {
  const held = {
    ...each('cases', { 9: 1, 8: 2, 7: 90, 6: 80, 5: 85, 4: 3, 3: 1 }),
    ...each('reported.cases', { 7: 1, 6: 1, 5: 1 }),
  }
  expect(breaks(held).sources).toEqual([day(7), day(4)])
})

it('a day of which fewer provinces reported is marked in the nation; today, which is not over, is not', () => {
  const held = {
    ...each('cases', { 3: 600, 2: 200, 1: 610, 0: 10 }),
    ...each('reported.cases', { 3: 77, 2: 27, 1: 77, 0: 2 }),
  }
  expect(breaks(held, 'TH').partial).toEqual([{ from: day(2), to: day(2) }])
})

it('of doses a whole day without any is not known', () => {
  expect(gapsOf([null, 4, 0, 0, 7, 0], TODAY).gaps).toEqual([{ from: day(3), to: day(2) }])
})
