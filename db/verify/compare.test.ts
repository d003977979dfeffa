import { expect, test } from 'vitest'
import { emptyScope } from '../../hub/contract/live/apply.ts'
import type { Row } from '../../hub/contract/live/rows.ts'
import { compare } from './compare.ts'

test('what one side lacks, and what differs, is named with both values', () => {
  const state = emptyScope('nation')
  state.cells.set('cases.total|TH', 3)
  state.cells.set('deaths.total|TH', 1)
  const operation: Row = ['operation', '1', '2021-11-11', 'live', '', '']
  state.rows.set('operation/1', operation)
  const expected = {
    cells: new Map([
      ['cases.total|TH', 4],
      ['waiting.red|TH', 2],
    ]),
    rows: new Map([['operation/1', operation]]),
  }
  expect(compare(state, expected)).toEqual({
    cells: 3,
    rows: 1,
    differences: [
      { scope: 'nation', key: 'cases.total|TH', hub: '3', sql: '4' },
      { scope: 'nation', key: 'deaths.total|TH', hub: '1', sql: undefined },
      { scope: 'nation', key: 'waiting.red|TH', hub: undefined, sql: '2' },
    ],
  })
})
