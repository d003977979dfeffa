import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../suffer.ts'

/** What networks do, between hub and PostgreSQL and between screens and hub. */

const DELAY_MS = 400
const BAD_MS = 4_000
/** Less than the 17 s after which a hub gives its link up. */
const SILENT_MS = 5_000

export const LINK_FAULTS: readonly Fault[] = [
  {
    failure: 'the link to PostgreSQL is cut',
    isShort: true,
    strike: async ({ database }) => database.cut(),
  },
  {
    failure: 'the link to PostgreSQL is cut again and again for four seconds',
    async strike({ database }) {
      for (const until = performance.now() + BAD_MS; performance.now() < until; await sleep(150)) database.cut()
    },
  },
  {
    failure: 'the link to PostgreSQL is 400 ms slow each way for four seconds',
    async strike({ database }) {
      database.delay(DELAY_MS)
      await sleep(BAD_MS)
      database.delay(0)
    },
  },
  {
    failure: 'the link to PostgreSQL is silent for five seconds',
    async strike({ database }) {
      database.freeze()
      await sleep(SILENT_MS)
      database.thaw()
    },
  },
  {
    failure: 'the link to PostgreSQL is half open: its other end has gone, and nobody says so',
    strike: async ({ database }) => database.halfOpen(),
  },
  {
    failure: 'every screen’s and writer’s link is cut',
    isShort: true,
    async strike({ network }) {
      for (const link of network) link.cut()
    },
  },
  {
    failure: 'every screen’s and writer’s link is 400 ms slow each way for four seconds',
    async strike({ network }) {
      for (const link of network) link.delay(DELAY_MS)
      await sleep(BAD_MS)
      for (const link of network) link.delay(0)
    },
  },
  {
    failure: 'every screen’s and writer’s link is half open: the hub has gone, and nobody says so',
    async strike({ network }) {
      for (const link of network) link.halfOpen()
    },
  },
]
