import type { Add } from '../support/for-file.ts'
import { faketime, type MovedClock, makeClock } from './clock.ts'
import { type HubWorld, startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

const HOUR_S = 3_600

type ClockWorld = HubWorld & { readonly clock: MovedClock }

async function start(add: Add): Promise<ClockWorld> {
  const clock = await makeClock()
  add(() => clock.remove())
  return Object.assign(await startHubWorld({ env: clock.env }), { clock })
}

await outlives({
  name: 'moved clocks',
  without: faketime === undefined && 'libfaketime is not installed',
  start,
  faults: [
    { failure: 'the clock of the hub jumps an hour ahead', strike: ({ clock }) => clock.jump(HOUR_S) },
    { failure: 'the clock of the hub jumps an hour back', strike: ({ clock }) => clock.jump(-HOUR_S) },
    {
      failure: 'the clock of the hub is a day behind for some seconds',
      async strike({ clock }) {
        await clock.jump(-24 * HOUR_S)
        await clock.jump(24 * HOUR_S)
      },
    },
  ],
})
