import { expect, test } from 'vitest'
import { duesOf } from './due.ts'

const HOUR = 3_600_000
const NOW = 100 * HOUR
const none = { hours: 2, reportedAt: null, beds: [], stock: [] }
const beds = (...ages: readonly number[]) => ages.map((age) => ({ staffed: 5, reportedAt: NOW - age * HOUR }))

test('beds are due by their oldest level; one without staffed beds has nothing to count', () => {
  const empty = { staffed: 0, reportedAt: 0 }
  expect(duesOf({ ...none, beds: [...beds(0.5, 1.5), empty] }, NOW)).toEqual([
    { what: 'beds', at: NOW + HOUR / 2, state: 'soon' },
  ])
  expect(duesOf({ ...none, beds: beds(0.5) }, NOW)).toMatchObject([{ state: 'later' }])
  expect(duesOf({ ...none, beds: beds(3) }, NOW)).toEqual([{ what: 'beds', at: NOW - HOUR, state: 'overdue' }])
})

test('who counts no beds is due by the last report, and overdue who has never reported', () => {
  expect(duesOf({ ...none, hours: 24, reportedAt: NOW - 23.5 * HOUR }, NOW)).toMatchObject([
    { what: 'report', state: 'soon' },
  ])
  expect(duesOf(none, NOW)).toEqual([{ what: 'report', at: null, state: 'overdue' }])
})

test('a kind without a deadline is never due; its stock is after a day', () => {
  expect(duesOf({ ...none, hours: null }, NOW)).toEqual([])
  expect(duesOf({ ...none, hours: null, stock: [{ reportedAt: NOW - 25 * HOUR }] }, NOW)).toEqual([
    { what: 'stock', at: NOW - HOUR, state: 'overdue' },
  ])
})
