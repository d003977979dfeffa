import { expect, test } from 'vitest'
import { ROW_COLUMNS, type RowKind, type RowObject } from '../../../hub/contract/live/rows.ts'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
import { foldedText } from '../../../hub/contract/vocabulary/text.ts'
import { type BoardView, boardCases, filterCases, hasNewWord, isLate, LATE_MS, NO_FILTER, sortCases } from './board.ts'
import { countAreas } from './boardAreas.ts'

const NOW = 1_636_600_000_000
const MIN = 60_000

/** Every column, so that the tests name those that matter to them. */
function nulls<K extends RowKind>(kind: K): RowObject<K> {
  const values: Readonly<Record<string, null>> = Object.fromEntries(ROW_COLUMNS[kind].map((column) => [column, null]))
  return values as unknown as RowObject<K>
}
function caseRow(id: number, severity: Severity, over: Partial<RowObject<'case'>> = {}): RowObject<'case'> {
  return {
    ...nulls('case'),
    id: String(id),
    district: '5001',
    place: '500102',
    severity,
    risk608: false,
    reportedAt: NOW - 600 * MIN,
    ...over,
  }
}
function needRow(id: number, caseId: number, minutes: number, over: Partial<RowObject<'need'>> = {}) {
  const row: RowObject<'need'> = {
    ...nulls('need'),
    id: String(id),
    caseId: String(caseId),
    kind: 'bed',
    status: 'open',
    openedAt: NOW - minutes * MIN,
    ...over,
  }
  return row
}
const view: BoardView = {
  now: NOW,
  leaseMs: LATE_MS,
  me: 'key-1',
  areas: ['50'],
  placeText: (place) => `tambon ${place}`,
}
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

test('what was escalated stands first, whatever its severity; other orders are asked for', () => {
  const rows = [caseRow(1, 'red'), caseRow(2, 'green', { escalatedAt: NOW }), caseRow(3, 'yellow', { place: '500101' })]
  const all = boardCases(rows, [needRow(11, 1, 5), needRow(12, 2, 50), needRow(13, 3, 90)])
  expect(ids(all)).toEqual([2, 1, 3])
  expect(ids(sortCases(all, 'waiting'))).toEqual([3, 2, 1])
  expect(ids(sortCases(all, 'severity'))).toEqual([1, 3, 2])
  const metresTo = (place: string) => (place === '500101' ? 900 : undefined)
  expect(ids(sortCases(all, 'distance', metresTo))).toEqual([3, 2, 1])
  expect(ids(sortCases(all, 'distance'))).toEqual([2, 1, 3])
})

test('of a case’s needs the one that cannot wait stands first: `c` claims it', () => {
  const [one] = boardCases(
    [caseRow(1, 'red')],
    [needRow(11, 1, 90, { kind: 'food' }), needRow(12, 1, 5, { kind: 'bed' }), needRow(13, 1, 1, { kind: 'oxygen' })],
  )
  expect(one?.needs.map(({ kind }) => kind)).toEqual(['oxygen', 'bed', 'food'])
})

test('late is a need that nobody has taken within the time of its severity', () => {
  const late = board.filter((one) => isLate(one, NOW, LATE_MS))
  expect(ids(late)).toEqual([3, 1])
  const sooner = { ...LATE_MS, red: MIN }
  expect(ids(board.filter((one) => isLate(one, NOW, sooner)))).toEqual([3, 2, 1])
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

test('a case whose rows are the same stays the same, one whose need changed does not', () => {
  const rows = [caseRow(1, 'red'), caseRow(2, 'red')]
  const need = needRow(11, 1, 5)
  const before = boardCases(rows, [need, needRow(12, 2, 3)])
  const after = boardCases(rows, [need, needRow(12, 2, 3, { status: 'claimed' })])
  expect(after[0]).toBe(before[0])
  expect(after[1]?.needs[0]?.status).toBe('claimed')
  expect(boardCases(rows, [need]).find(({ id }) => id === 2)?.needs).toEqual([])
})

test('areas of the map: the worst first, what has no place as exact as that is said apart', () => {
  const places = ['500101', '500101', '500102', '500203', '5002', '5000']
  const cases = boardCases(
    places.map((place, i) => caseRow(i + 1, i === 3 ? 'red' : 'green', { place, district: place.slice(0, 4) })),
    [],
  )
  const totals = (within: string) => {
    const { areas, unplaced } = countAreas(cases, within)
    return { areas: areas.map(({ code, total, worst }) => `${code} ${worst} ${total}`), unplaced }
  }
  expect(totals('50')).toEqual({ areas: ['5002 red 2', '5001 green 3'], unplaced: 1 })
  expect(totals('5001')).toEqual({ areas: ['500101 green 2', '500102 green 1'], unplaced: 0 })
  expect(totals('5002')).toEqual({ areas: ['500203 red 1'], unplaced: 1 })
})

test('an area of the map filters to what lies in it', () => {
  expect(ids(filterCases(board, { ...NO_FILTER, area: '5002' }, view))).toEqual([6])
  expect(ids(filterCases(board, { ...NO_FILTER, area: '500102' }, view))).toEqual([3, 2, 5, 4, 1])
})

test('what the person added is new until somebody has reached them after it', () => {
  const [one] = boardCases([caseRow(9, 'red', { heardAt: NOW })], [])
  expect(one && hasNewWord(one)).toBe(true)
  expect(hasNewWord({ heardAt: NOW, contactedAt: NOW - MIN })).toBe(true)
  expect(hasNewWord({ heardAt: NOW, contactedAt: NOW + MIN })).toBe(false)
  expect(hasNewWord({ heardAt: null, contactedAt: null })).toBe(false)
})

test('a place is found however its name is typed: ำ of two signs, look-alikes, invisible marks, case, digits', () => {
  const texts: Readonly<Record<string, string>> = { '500203': foldedText('ลำพูน แม่ริม'), '500102': foldedText('Si Phum') }
  const named = { ...view, placeText: (place: string) => texts[place] ?? '' }
  const found = (text: string) => ids(filterCases(board, { ...NO_FILTER, text }, named))
  const maeRim = found('ลำพูน')
  expect(maeRim).toEqual([6])
  for (const typed of ['ลํา พูน', 'เเม่ริม', 'แม่\u200bริม', '#๖', ' 6 ']) expect(found(typed), typed).toEqual(maeRim)
  expect(found('SI\u200d-phum')).toEqual(found('si phum'))
  expect(found('si phum').length).toBeGreaterThan(0)
})

test('what nobody has confirmed stands in its own lane alone, and is found by its number; what somebody begins on stands with the rest', () => {
  const apart = { unverified: true, stage: 'reported' } as const
  const cases = boardCases(
    [
      caseRow(71, 'red', apart),
      caseRow(72, 'red'),
      caseRow(73, 'red', apart),
      caseRow(74, 'red', { ...apart, stage: 'verified' }),
    ],
    [needRow(171, 71, 5), needRow(172, 72, 5), needRow(173, 73, 5, { status: 'claimed' }), needRow(174, 74, 5)],
  )
  const shown = (filter: Partial<typeof NO_FILTER>) => ids(filterCases(cases, { ...NO_FILTER, ...filter }, view)).sort()
  expect(shown({})).toEqual([72, 73, 74])
  expect(shown({ show: 'open' })).toEqual([72, 74])
  expect(shown({ show: 'unverified' })).toEqual([71])
  expect(shown({ text: '71' })).toEqual([71])
})
