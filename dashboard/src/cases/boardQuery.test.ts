import { expect, test } from 'vitest'
import { NO_FILTER } from './board.ts'
import { type BoardQuery, readBoardQuery, writeBoardQuery } from './boardQuery.ts'

test('filters and order survive a reload: what is written into the address is read out of it', () => {
  const query: BoardQuery = {
    filter: { show: 'late', severity: 'red', need: 'oxygen', text: 'สุเทพ', area: '500108' },
    sort: 'distance',
  }
  expect(readBoardQuery(writeBoardQuery(query))).toEqual(query)
})

test('an untouched board has a bare address, and an address that nobody wrote is an untouched board', () => {
  const untouched = { filter: NO_FILTER, sort: 'urgent' } as const
  expect(Object.values(writeBoardQuery(untouched)).every((value) => value === undefined)).toBe(true)
  expect(readBoardQuery({})).toEqual(untouched)
  expect(readBoardQuery({ show: 'x', severity: 'purple', need: ['bed', 'food'], area: '5<', sort: '' })).toEqual(
    untouched,
  )
})
