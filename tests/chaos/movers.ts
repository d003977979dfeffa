import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import { isDatabaseAway } from '../../db/away.ts'
import { transaction, write } from '../support/random-writes.ts'

const MOVERS = 2
const PAUSE_MS = 40
const AGAIN_MS = 100
const DRAWN = 400
/** Two that write the same rows in another order, one of whom PostgreSQL ends. */
const DEADLOCK = '40P01'
const DUPLICATE = '23505'

/** Transactions of all kinds that do not come through the API, without end. */
export type Movers = {
  /** committed so far */
  readonly commits: number
  /** what PostgreSQL refused, though it was there */
  readonly refused: string[]
  pause(): Promise<void>
  resume(): void
  stop(): Promise<void>
}

/** Two movers at the same row: each waits for the other, or both make it, and `on conflict` looks at its key alone. */
const isRace = (error: unknown): boolean =>
  error instanceof pg.DatabaseError &&
  (error.code === DEADLOCK || (error.code === DUPLICATE && /_identity$/.test(error.constraint ?? '')))

export function startMovers(pool: pg.Pool): Movers {
  const drawn = fc.sample(transaction, { numRuns: DRAWN })
  const refused: string[] = []
  let commits = 0
  let busy = 0
  let paused = false
  let over = false

  async function move(next: number): Promise<void> {
    busy++
    try {
      await write({ pool }, drawn[next % DRAWN]!)
      commits++
    } catch (error) {
      if (!isDatabaseAway(error) && !isRace(error)) refused.push(String(error))
      await sleep(AGAIN_MS)
    } finally {
      busy--
    }
  }

  const movers = Array.from({ length: MOVERS }, async (_, mover) => {
    for (let i = mover; !over; i += MOVERS) {
      if (!paused) await move(i)
      await sleep(PAUSE_MS)
    }
  })
  return {
    get commits() {
      return commits
    },
    refused,
    async pause() {
      paused = true
      while (busy > 0) await sleep(AGAIN_MS / 10)
    },
    resume() {
      paused = false
    },
    async stop() {
      over = true
      await Promise.all(movers)
    },
  }
}
