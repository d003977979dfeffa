import type pg from 'pg'
import { isDatabaseAway } from '../../db/away.ts'
import type { Add } from '../support/for-file.ts'
import { faketime, type MovedClock, makeClock } from './clock.ts'
import { type HubWorld, startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

const HOUR_S = 3_600
const LOOK_MS = 500

type ClockWorld = HubWorld & { readonly clock: MovedClock }

/**
 * By libfaketime PostgreSQL loses its alarms (a signal it waits for does not come), so that two movers who wait for each
 * other would do so for ever, and a new slot for them: here somebody else ends one of the two.
 */
function endDeadlocks(pool: pg.Pool): () => void {
  const look = () =>
    pool
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where wait_event_type = 'Lock'
           and exists (select from unnest(pg_blocking_pids(pid)) as other where pid = any (pg_blocking_pids(other)))
         order by pid limit 1`,
      )
      .catch((error: unknown) => {
        if (!isDatabaseAway(error)) throw error
      })
  const timer = setInterval(() => void look(), LOOK_MS)
  return () => clearInterval(timer)
}

async function start(add: Add): Promise<ClockWorld> {
  const clock = await makeClock()
  add(() => clock.remove())
  const world = Object.assign(await startHubWorld({ server: { wrap: clock.wrap } }), { clock })
  const stop = endDeadlocks(world.pool)
  add(async () => stop())
  return world
}

await outlives({
  name: 'moved clocks',
  without: faketime === undefined && 'libfaketime is not installed',
  start,
  faults: [
    { failure: 'the clock of PostgreSQL jumps an hour ahead', strike: ({ clock }) => clock.jump(HOUR_S) },
    { failure: 'the clock of PostgreSQL jumps an hour back', strike: ({ clock }) => clock.jump(-HOUR_S) },
  ],
})
