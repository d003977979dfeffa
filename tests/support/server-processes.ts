import { setTimeout as sleep } from 'node:timers/promises'
import { runningCluster } from '../../db/postgres/cluster.ts'
import { childrenOf, runs } from '../fanout/workers-processes.ts'
import type { OwnServer } from '../pg/source-server.ts'

/** The postmaster first, then its children: workers, walsenders, sessions. */
async function processesOf({ data }: OwnServer): Promise<number[]> {
  const postmaster = await runningCluster(data)
  if (postmaster === undefined) throw new Error('the server does not run')
  return [postmaster.pid, ...(await childrenOf(postmaster.pid))]
}

/** A process may have ended by itself since it was listed. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** kill -9 of the postmaster; resolves when its children have noticed and gone, so that it can be started. */
export async function killServer(server: OwnServer): Promise<void> {
  const all = await processesOf(server)
  signal(all[0]!, 'SIGKILL')
  while ((await Promise.all(all.map(runs))).some(Boolean)) await sleep(20)
}

/** Every process of it stands still for so long. */
export async function freezeServer(server: OwnServer, ms: number): Promise<void> {
  const all = await processesOf(server)
  for (const pid of all) signal(pid, 'SIGSTOP')
  await sleep(ms)
  for (const pid of all) signal(pid, 'SIGCONT')
}

/** @returns the processes that send the WAL to hubs or a feeder */
export async function walsendersOf(server: OwnServer): Promise<number[]> {
  const { rows } = await server.query('select active_pid as pid from pg_replication_slots where active_pid is not null')
  return rows.map(({ pid }: { pid: number }) => pid)
}
