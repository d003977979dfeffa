import { setTimeout as sleep } from 'node:timers/promises'
import type { HubWorld } from '../one-hub.ts'
import type { Fault } from '../suffer.ts'

/** The hub's own process. */

/** Longer than the 8 s after which a screen gives a silent hub up. */
const FROZEN_MS = 9_000

export const HUB_FAULTS: readonly Fault<HubWorld>[] = [
  {
    failure: 'the hub is killed with -9, and started again',
    isShort: true,
    strike: ({ hub }) => hub.kill('SIGKILL'),
    mend: (world) => world.startAgain(),
  },
  {
    failure: 'the hub is restarted in order',
    strike: ({ hub }) => hub.kill('SIGTERM'),
    mend: (world) => world.startAgain(),
  },
  {
    failure: 'the hub stands still for nine seconds',
    async strike({ hub }) {
      hub.child.kill('SIGSTOP')
      await sleep(FROZEN_MS)
      hub.child.kill('SIGCONT')
    },
  },
  {
    failure: 'SIGHUP to a hub with one worker',
    isShort: true,
    strike: async ({ hub }) => hub.child.kill('SIGHUP'),
  },
]
