import { cleanup } from '@solidjs/testing-library'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Delta } from '../../../hub/contract/live/messages.ts'
import { pastOf } from '../../../hub/contract/live/past.ts'
import { NewCases } from './NewCases.tsx'
import { YesterdayContext } from './shiftStart.ts'
import { showPanel, TODAY } from './showPanel.tsx'

const YESTERDAY = '2021-11-10'

beforeEach(() => localStorage.setItem('jitasa.language', 'en'))
afterEach(cleanup)

const facts = () =>
  [...document.querySelectorAll('.facts dt')].map(
    (term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`,
  )

test('a wall compares today so far with yesterday at this hour, where somebody has marked it', () => {
  const mark = { day: YESTERDAY, at: Date.UTC(2021, 10, 10, 7), cells: [[`cases@${YESTERDAY}`, 'TH', 70]], oldest: [] }
  const past = pastOf(mark, () => 0)
  const cells: Delta['c'] = [
    [`cases@${TODAY}`, 'TH', 40],
    [`cases@${YESTERDAY}`, 'TH', 100],
  ]
  showPanel(
    () => (
      <YesterdayContext.Provider value={() => past}>
        <NewCases today={TODAY} />
      </YesterdayContext.Provider>
    ),
    cells,
  )
  expect(facts()).toContain('yesterday by now: 70')
  cleanup()
  showPanel(() => <NewCases today={TODAY} />, cells)
  expect(facts().join()).toContain('all Thu 4 Nov')
})
