import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runningCluster, stopCluster } from '../../db/postgres/cluster.ts'

/** Where the embedded server of a DATA_DIR has its files; under root that may be outside of it. */
export async function clusterFolder(dataDir: string): Promise<string> {
  const text = await readFile(path.join(dataDir, 'postgres.json'), 'utf8').catch(() => '{}')
  try {
    const { data } = JSON.parse(text) as { data?: string }
    return data ?? path.join(dataDir, 'postgres')
  } catch {
    return path.join(dataDir, 'postgres')
  }
}

/** A DATA_DIR of its own, which the user that PostgreSQL runs as can enter. `remove` ends its server first. */
export async function makeDataDir(): Promise<{ readonly dataDir: string; remove(): Promise<void> }> {
  const home = await mkdtemp(path.join(tmpdir(), 'jitasa-data-'))
  await chmod(home, 0o755)
  const dataDir = path.join(home, 'data')
  return {
    dataDir,
    async remove() {
      const cluster = await clusterFolder(dataDir)
      if (await runningCluster(cluster)) await stopCluster(cluster)
      for (const folder of [cluster, home]) await rm(folder, { recursive: true, force: true })
    },
  }
}
