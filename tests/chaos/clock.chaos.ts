import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'vitest'
import { forFile } from '../support/for-file.ts'
import { type MovedClock, makeClock } from './clock.ts'
import { startHubWorld } from './one-hub.ts'
import { IS_SHORT, outlives, worldForFile } from './suite.ts'

const HOUR_S = 3_600
/** libfaketime reads its file once a second. */
const KNOWN_MS = 1_500

const clocks = await forFile(async (add) => {
  const made = { hub: await makeClock(), server: await makeClock() }
  for (const clock of Object.values(made)) if (clock !== undefined) add(() => clock.remove())
  return made
})

if (IS_SHORT) test.skip('clocks that jump: not in the short run')
else if (clocks.hub === undefined || clocks.server === undefined) {
  test.skip('clocks that jump: libfaketime is not installed')
} else await withClocks(clocks.hub, clocks.server)

async function withClocks(ofHub: MovedClock, ofServer: MovedClock): Promise<void> {
  const world = await worldForFile(() =>
    startHubWorld({ name: 'moved clocks', env: ofHub.env, server: { wrap: ofServer.wrap } }),
  )

  /** Stays where it jumped to; the next jump starts there. */
  function jump(clock: MovedClock, seconds: number): () => Promise<void> {
    return async () => {
      offsets.set(clock, (offsets.get(clock) ?? 0) + seconds)
      await clock.set(offsets.get(clock) ?? 0)
      await sleep(KNOWN_MS)
    }
  }
  const offsets = new Map<MovedClock, number>()

  outlives(world, [
    { failure: 'the clock of the hub jumps an hour ahead', strike: jump(ofHub, HOUR_S) },
    { failure: 'the clock of the hub jumps an hour back', strike: jump(ofHub, -HOUR_S) },
    { failure: 'the clock of PostgreSQL jumps an hour ahead', strike: jump(ofServer, HOUR_S) },
    { failure: 'the clock of PostgreSQL jumps an hour back', strike: jump(ofServer, -HOUR_S) },
  ])
}
