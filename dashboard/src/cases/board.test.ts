import { expect, test } from 'vitest'
import { ROW_COLUMNS, type Row, rowObject } from '../../../hub/wire/rows.ts'
import { type BoardView, boardCases, filterCases, isLate, NO_FILTER } from './board.ts'

const NOW = 1_636_600_000_000
const MIN = 60_000

function caseRow(id: number, severity: string, over: Readonly<Record<string, string | number | boolean>> = {}) {
  const values = { district: '5001', place: '500102', severity, risk608: false, reportedAt: NOW - 600 * MIN, ...over }
  return rowObject<'case'>([
    'case',
    String(id),
    ...ROW_COLUMNS.case.map((column) => values[column as 'place'] ?? null),
  ] as Row)
}
function needRow(id: number, caseId: number, minutes: number, over: Readonly<Record<string, string | number>> = {}) {
  const values = { caseId, kind: 'bed', status: 'open', openedAt: NOW - minutes * MIN, ...over }
  return rowObject<'need'>([
    'need',
    String(id),
    ...ROW_COLUMNS.need.map((column) => values[column as 'kind'] ?? null),
  ] as Row)
}
const view: BoardView = { now: NOW, me: 'key-1', areas: ['50'], placeText: (place) => `tambon ${place}` }
const ids = (cases: readonly { id: number }[]) => cases.map(({ id }) => id)

const board = boardCases(
  [
    caseRow(1, 'green'),
    caseRow(2, 'red'),
    caseRow(3, 'red'),
    caseRow(4, 'unknown'),
    caseRow(5, 'yellow', { risk608: true }),
    caseRow(6, 'yellow', { district: '5002', place: '500203' }),
  ],
  [
    needRow(11, 1, 500),
    needRow(12, 2, 5),
    needRow(13, 3, 90, { status: 'claimed', holder: 'Rescue 1', holderKey: 'key-1' }),
    needRow(14, 3, 20, { kind: 'oxygen' }),
    needRow(18, 1, 400, { status: 'claimed', holder: 'Rescue 1', holderKey: 'key-of-a-namesake' }),
    needRow(15, 4, 10),
    needRow(16, 5, 1),
    needRow(17, 6, 50, {
      status: 'claimed',
      holder: 'Rescue 2',
      holderKey: 'key-2',
      offeredTo: 'Rescue 1',
      offeredKey: 'key-1',
    }),
  ],
)

test('the most urgent first: severity, 608, then the longest wait of a need that nobody has', () => {
  expect(ids(board)).toEqual([3, 2, 5, 6, 4, 1])
  expect(board[0]?.waitingSince).toBe(NOW - 20 * MIN)
})

test('late is a need that nobody has taken within the time of its severity', () => {
  const late = board.filter((one) => isLate(one, NOW))
  expect(ids(late)).toEqual([3, 1])
})

test('filters: mine holds what is offered to me, search finds places and numbers', () => {
  const found = (filter: object) => ids(filterCases(board, { ...NO_FILTER, ...filter }, view))
  expect(found({ show: 'mine' })).toEqual([3, 6])
  expect(found({ show: 'open' })).toEqual([3, 2, 5, 4, 1])
  expect(found({ show: 'late' })).toEqual([3, 1])
  expect(found({ severity: 'red' })).toEqual([3, 2])
  expect(found({ need: 'oxygen' })).toEqual([3])
  expect(found({ text: '500203' })).toEqual([6])
  expect(found({ text: '#4' })).toEqual([4])
})

test('only cases of the areas of the account', () => {
  expect(ids(filterCases(board, NO_FILTER, { ...view, areas: ['5002'] }))).toEqual([6])
  expect(filterCases(board, NO_FILTER, { ...view, areas: ['TH'] })).toHaveLength(6)
})
