import { cleanup } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import { type Marked, pastOf } from '../../../hub/contract/live/past.ts'
import { Since } from './Since.tsx'
import { ShiftStartContext } from './shiftStart.ts'
import { showPanel, TODAY } from './showPanel.tsx'

type Present = Delta['c']
const YESTERDAY = '2021-11-10'
/** 8:00 in Bangkok */
const AT = Date.parse('2021-11-11T01:00:00Z')
const mark = (more: Partial<Marked> = {}): Marked => ({ day: TODAY, at: AT, cells: [], oldest: [], ...more })

beforeEach(() => localStorage.setItem('jitasa.language', 'en'))
afterEach(cleanup)

/** What stands in the tile when the shift began with `marked`, and the present cells are `c`. */
function since(of: 'waiting' | 'cases.day', marked: Marked | undefined, c: Present): string {
  const present = new Map(c.flatMap(([column, ...pairs]) => [[String(column), Number(pairs[1])] as const]))
  const past = marked && pastOf(marked, (column) => present.get(column) ?? 0)
  showPanel(
    () => (
      <ShiftStartContext.Provider value={() => past}>
        <Since of={of} />
      </ShiftStartContext.Provider>
    ),
    c,
    {},
  )
  return document.querySelector('.since')?.textContent?.trim() ?? 'nothing'
}

test('a stock says by how much it has changed since the shift began, and from when on', () => {
  const now: Present = [
    ['waiting.red', 'TH', 12],
    ['waiting.green', 'TH', 3],
  ]
  expect(since('waiting', mark({ cells: [['waiting.red', 'TH', 20]] }), now)).toBe('5 since 08:00')
  expect(document.querySelector('.since path')?.getAttribute('d')).toBe('M6 11L.5 1h11z')
})

test('a flow counts what came since the mark, over midnight too', () => {
  const now: Present = [
    [`cases@${TODAY}`, 'TH', 40],
    [`cases@${YESTERDAY}`, 'TH', 100],
  ]
  expect(since('cases.day', mark({ cells: [[`cases@${TODAY}`, 'TH', 10]] }), now)).toBe('30 since 08:00')
  cleanup()
  const before = mark({ day: YESTERDAY, cells: [[`cases@${YESTERDAY}`, 'TH', 70]] })
  expect(since('cases.day', before, now)).toBe('70 since 08:00')
})

test('where nobody has marked the beginning, its room is kept and nothing is said', () => {
  expect(since('waiting', undefined, [['waiting.red', 'TH', 12]])).toBe('')
  expect(document.querySelector('.since')).not.toBeNull()
  cleanup()
  showPanel(() => <Since of="waiting" />, [['waiting.red', 'TH', 12]], {})
  expect(document.querySelector('.since')).toBeNull()
})
