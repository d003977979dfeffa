import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { REACHABLE_ROOT } from './account.ts'
import { runningCluster } from './cluster.ts'
import { leadsTo, notedDataDirs } from './place.ts'
import { run } from './run.ts'

/**
 * An embedded cluster on this machine. `kept`: a DATA_DIR leads to it; `gone`: those that have used it are gone;
 * `unknown`: a version made it that did not note its DATA_DIR.
 */
export type Cluster = {
  readonly data: string
  readonly dataDirs: readonly string[]
  readonly state: 'kept' | 'gone' | 'unknown'
  readonly bytes: number
  /** process id of its server */
  readonly pid: number | undefined
}

/** As `findPlace` names them; what is half made has a longer name and holds no data. */
const NAME = /^data-[0-9a-f]{12}$/

async function namesIn(root: string): Promise<string[]> {
  return readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

async function stateOf(data: string, dataDirs: readonly string[]): Promise<Cluster['state']> {
  if (dataDirs.length === 0) return 'unknown'
  const led = await Promise.all(dataDirs.map((dataDir) => leadsTo(dataDir, data)))
  return led.includes(true) ? 'kept' : 'gone'
}

async function sizeOf(data: string): Promise<number> {
  const [kilobytes] = (await run('du', ['-sk', data])).split('\t')
  return Number(kilobytes) * 1024
}

async function describe(data: string, dataDirs: readonly string[]): Promise<Cluster> {
  const [state, bytes, running] = await Promise.all([stateOf(data, dataDirs), sizeOf(data), runningCluster(data)])
  return { data, dataDirs, state, bytes, pid: running?.pid }
}

/**
 * The clusters that root has put outside of their DATA_DIR, and the one within `dataDir`. Those within other DATA_DIRs
 * go with their folder.
 */
export async function listClusters(dataDir: string, root = REACHABLE_ROOT): Promise<Cluster[]> {
  const own = path.join(path.resolve(dataDir), 'postgres')
  const inside = await stat(own).then(
    () => true,
    () => false,
  )
  const outside = (await namesIn(root)).filter((name) => NAME.test(name)).map((name) => path.join(root, name))
  return Promise.all([
    ...(inside ? [describe(own, [path.dirname(own)])] : []),
    ...outside.sort().map(async (data) => describe(data, await notedDataDirs(data))),
  ])
}

/** Looks again first: somebody may have started it, or brought its DATA_DIR back, while the question stood. */
export async function removeCluster({ data }: Cluster): Promise<'removed' | 'kept' | 'runs'> {
  if ((await stateOf(data, await notedDataDirs(data))) !== 'gone') return 'kept'
  if ((await runningCluster(data)) !== undefined) return 'runs'
  await rm(data, { recursive: true })
  return 'removed'
}
