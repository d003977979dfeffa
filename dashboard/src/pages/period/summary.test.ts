import { expect, it } from 'vitest'
import { type CommandArea, draftSummary } from './summary.ts'

const heading = {
  ...{ done: 'Done', open: 'Open', dropped: 'Dropped', decisions: 'Decisions', messages: 'Messages', late: 'late' },
  nothing: 'Nothing',
}
const words = { heading, due: (at: number) => `due ${at}` }
const EMPTY: CommandArea = { period: null, before: null, objectives: [], messages: [], log: [] }
const objective = (title: string, state: 'open' | 'doing' | 'done' | 'dropped', dueAt: number | null = null) => ({
  ...{ id: 1, area: '50', kind: 'objective' as const, objective: null, title, role: null, owner: 'Z', dueAt, state },
  ...{ setAt: 0, stateAt: 0, by: 'EOC' },
})
const entry = (id: number, text: string, corrects: number | null = null) => ({
  ...{ id, at: id, by: 'EOC', text, state: null, corrects },
  kind: corrects === null ? ('decision' as const) : ('correction' as const),
})

it('a shift without changes says so', () => {
  expect(draftSummary(EMPTY, words, 100)).toBe('Nothing')
})

it('a summary says what was done, what is open and late, and the decisions that still hold', () => {
  const area: CommandArea = {
    ...EMPTY,
    objectives: [objective('Ward 4', 'done'), objective('No red waits', 'doing', 50), objective('Kits', 'open', 500)],
    messages: [],
    log: [entry(3, 'Close two halls', 2), entry(2, 'Close the market'), entry(1, 'Open a ward')],
  }
  expect(draftSummary(area, words, 100)).toBe(
    'Done:\n- Ward 4\n\nOpen:\n- No red waits, late, due 50\n- Kits, due 500\n\nDecisions:\n- Open a ward\n- Close two halls',
  )
})
