import { cleanup } from '@solidjs/testing-library'
import type { JSX } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IndicatorId } from '../../../../hub/contract/indicators/index.ts'
import { type Clocked, ClockedContext } from '../../panels/clocked.ts'
import { Definition } from '../../panels/Definition.tsx'
import { showPanel } from '../../panels/showPanel.tsx'
import PanelClocks from './PanelClocks.tsx'

/** a day that has passed: its report is told with its day */
const COUNTED_AT = Date.UTC(2021, 10, 10, 23, 30)
const OPENED_AT = Date.UTC(2021, 10, 9, 1, 0)

beforeEach(() => localStorage.setItem('jitasa.language', 'en'))
afterEach(cleanup)

function clocksOf(of: readonly IndicatorId[] | undefined): string | null | undefined {
  const clocked = new Set<Clocked>()
  const Panel = (): JSX.Element => (
    <ClockedContext.Provider value={clocked}>
      {of && <Definition of={of}>Title</Definition>}
      <PanelClocks clocked={clocked} />
    </ClockedContext.Provider>
  )
  showPanel(() => <Panel />, [['beds.3.staffed', 'TH', 9]], {
    rows: [
      ['oldest', 'TH.beds.3', 'TH', 'beds.3', COUNTED_AT],
      ['oldest', 'TH.beds.2.1', 'TH', 'beds.2.1', COUNTED_AT + 3_600_000],
      ['oldest', 'TH.waiting.any', 'TH', 'waiting.any', OPENED_AT],
    ],
  })
  return document.querySelector('.panel-clocks')?.textContent
}

describe('the clocks of a panel', () => {
  it('say when the oldest report in its numbers was made, of each level of beds', () => {
    expect(clocksOf(['beds.occupancy', 'reporting.beds'])).toBe('Reported11 Nov 06:30Received14:05:09Shown14:05:10')
  })

  it('say of numbers that are counted from records when the newest was committed: how long the oldest waits is no report', () => {
    expect(clocksOf(['waiting', 'waiting.oldest'])).toBe('Reported14:05:09Received14:05:09Shown14:05:10')
  })

  it('say of a panel without numbers of its own what its wall follows', () => {
    expect(clocksOf(undefined)).toBe('Reported14:05:09Received14:05:09Shown14:05:10')
  })
})
