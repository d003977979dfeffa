import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf } from '../fanout/workers-processes.ts'
import { type HubWorld, startHubWorld } from './one-hub.ts'
import type { Fault } from './suffer.ts'
import { outlives } from './suite.ts'

const WORKERS = 2
/** Less than the half minute after which the supervisor ends one that hangs. */
const FROZEN_MS = 4_000
const ROLLED_MS_MAX = 60_000

const workersOf = ({ hub }: HubWorld): Promise<number[]> => childrenOf(hub.child.pid ?? 0)

/** Any of them. */
async function workerOf(one: HubWorld): Promise<number> {
  const workers = await workersOf(one)
  return workers[Math.floor(Math.random() * workers.length)]!
}

async function untilAllServe({ hub }: HubWorld): Promise<void> {
  for (;;) {
    const answer = await fetch(`${hub.url}/readyz`).catch(() => undefined)
    const { workers } = ((await answer?.json()) ?? {}) as { workers?: { serving: number } }
    if (workers?.serving === WORKERS) return
    await sleep(50)
  }
}

const FAULTS: readonly Fault<HubWorld>[] = [
  {
    failure: 'a worker is killed with -9',
    isShort: true,
    async strike(one) {
      one.killedWorkers++
      process.kill(await workerOf(one), 'SIGKILL')
    },
    mend: untilAllServe,
  },
  {
    failure: 'a worker stands still for four seconds',
    async strike(one) {
      const pid = await workerOf(one)
      process.kill(pid, 'SIGSTOP')
      await sleep(FROZEN_MS)
      process.kill(pid, 'SIGCONT')
    },
  },
  {
    failure: 'SIGHUP replaces every worker',
    async strike(one) {
      const before = await workersOf(one)
      one.hub.child.kill('SIGHUP')
      for (const until = performance.now() + ROLLED_MS_MAX; performance.now() < until; await sleep(50)) {
        const now = await workersOf(one)
        if (now.length === WORKERS && !now.some((pid) => before.includes(pid))) return
      }
      throw new Error('the workers are not replaced')
    },
    mend: untilAllServe,
  },
  {
    failure: 'PostgreSQL crashes',
    strike: ({ server }) => server.crash(),
    mend: ({ server }) => server.start(),
  },
]

await outlives({
  name: 'two workers',
  start: () =>
    startHubWorld({
      env: { HUB_WORKERS: String(WORKERS) },
      // Without a proxy that keeps a client on one worker there is no long polling (README).
      carriers: ['live', 'live, packed', 'live, signed in'],
    }),
  faults: FAULTS,
})
