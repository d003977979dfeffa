import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runningCluster } from '../../db/postgres/cluster.ts'
import { run } from '../../db/postgres/run.ts'
import type { Add } from '../support/for-file.ts'
import { type HubWorld, startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

const DISK_MIB = 700
const FULL_MS = 4_000

type DiskWorld = HubWorld & { readonly disk: string }

async function start(add: Add): Promise<DiskWorld> {
  const disk = await mkdtemp(path.join(tmpdir(), 'jitasa-disk-'))
  add(() => rm(disk, { recursive: true }))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=0755`, 'tmpfs', disk])
  add(() => run('umount', [disk]))
  return Object.assign(await startHubWorld({ server: { parent: disk } }), { disk })
}

const ballastOf = ({ disk }: DiskWorld): string => path.join(disk, 'ballast')

/** Takes what is free, again and again, while PostgreSQL gives some back. */
async function fill(world: DiskWorld): Promise<void> {
  for (const until = performance.now() + FULL_MS; performance.now() < until; await sleep(50)) {
    const { bavail, bsize } = await statfs(world.disk)
    if (bavail > 0) await run('bash', ['-c', `head -c ${bavail * bsize} /dev/zero >> '${ballastOf(world)}' || true`])
  }
}

await outlives({
  name: 'small disk',
  without: process.getuid?.() !== 0 && 'only root can mount a small disk',
  start,
  faults: [
    {
      failure: 'the disk of PostgreSQL is full for four seconds',
      async strike(world) {
        await fill(world)
        await rm(ballastOf(world))
      },
      async mend({ server }) {
        if ((await runningCluster(server.data)) === undefined) await server.start()
      },
    },
  ],
})
