import type { Add } from '../support/for-file.ts'
import { faketime, type MovedClock, makeClock } from './clock.ts'
import { type HubWorld, startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

const HOUR_S = 3_600

type ClockWorld = HubWorld & { readonly clocks: { readonly hub: MovedClock; readonly server: MovedClock } }

async function start(add: Add): Promise<ClockWorld> {
  const clocks = { hub: await makeClock(), server: await makeClock() }
  for (const clock of Object.values(clocks)) add(() => clock.remove())
  return Object.assign(await startHubWorld({ env: clocks.hub.env, server: { wrap: clocks.server.wrap } }), { clocks })
}

await outlives({
  name: 'moved clocks',
  without: faketime === undefined && 'libfaketime is not installed',
  start,
  faults: [
    { failure: 'the clock of the hub jumps an hour ahead', strike: ({ clocks }) => clocks.hub.jump(HOUR_S) },
    { failure: 'the clock of the hub jumps an hour back', strike: ({ clocks }) => clocks.hub.jump(-HOUR_S) },
    {
      failure: 'the clock of the hub is a day behind for some seconds',
      async strike({ clocks }) {
        await clocks.hub.jump(-24 * HOUR_S)
        await clocks.hub.jump(24 * HOUR_S)
      },
    },
    { failure: 'the clock of PostgreSQL jumps an hour ahead', strike: ({ clocks }) => clocks.server.jump(HOUR_S) },
    { failure: 'the clock of PostgreSQL jumps an hour back', strike: ({ clocks }) => clocks.server.jump(-HOUR_S) },
  ],
})
