import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'vitest'
import { runningCluster } from '../../db/postgres/cluster.ts'
import { run } from '../../db/postgres/run.ts'
import { forFile } from '../support/for-file.ts'
import { startHubWorld } from './one-hub.ts'
import { IS_SHORT, outlives, worldForFile } from './suite.ts'

const DISK_MIB = 700
const FULL_MS = 4_000

if (IS_SHORT) test.skip('a full disk: not in the short run')
else if (process.getuid?.() !== 0) test.skip('a full disk: only root can mount a small one')
else await withFullDisk()

async function withFullDisk(): Promise<void> {
  const disk = await forFile(async (add) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-disk-'))
    add(() => rm(folder, { recursive: true }))
    await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=0755`, 'tmpfs', folder])
    add(() => run('umount', [folder]))
    return folder
  })
  const world = await worldForFile(() => startHubWorld({ name: 'small disk', server: { parent: disk } }))
  const ballast = path.join(disk, 'ballast')

  /** Takes what is free, again and again, while PostgreSQL gives some back. */
  async function fill(): Promise<void> {
    for (const until = performance.now() + FULL_MS; performance.now() < until; await sleep(50)) {
      const { bavail, bsize } = await statfs(disk)
      if (bavail > 0) await run('bash', ['-c', `head -c ${bavail * bsize} /dev/zero >> '${ballast}' || true`])
    }
  }

  outlives(world, [
    {
      failure: 'the disk of PostgreSQL is full for four seconds',
      async strike() {
        await fill()
        await rm(ballast)
      },
      async mend({ server }) {
        if ((await runningCluster(server.data)) === undefined) await server.start()
      },
    },
  ])
}
