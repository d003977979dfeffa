import { spawn } from 'node:child_process'
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { isAlive } from '../../db/postgres/cluster.ts'
import { precompress } from '../http/precompress.ts'
import { keepEarlier, nameBuild } from './built.ts'

const SOURCES = ['dashboard', 'hub/contract', 'package-lock.json']
const DIST = 'dist'
/** `.dist-<process id>`: a build that is not whole yet, and whose. */
const PARTIAL = '.dist-'

const isSource = (name: string): boolean => name !== DIST && name !== 'node_modules' && !name.startsWith(PARTIAL)

async function statOf(file: string) {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** ms since 1970 of the newest file below `place`, without what is built or installed. */
async function newest(place: string): Promise<number> {
  const info = await stat(place)
  if (!info.isDirectory()) return info.mtimeMs
  const names = (await readdir(place)).filter(isSource)
  const times = await Promise.all(names.map((name) => newest(path.join(place, name))))
  return Math.max(0, ...times)
}

export type BuildOptions = {
  /** ends the build; what stood there stays */
  readonly signal?: AbortSignal
  /** writes the built files into `outDir`; Vite unless told */
  readonly bundle?: (root: string, outDir: string, signal?: AbortSignal) => Promise<void>
}

/**
 * Builds the dashboard when a source is newer than what was built. It is built and compressed in a folder beside
 * `dist`, which takes its place when it is whole: a hub that serves `dist`, and a build that is killed, see the old or
 * the new one and nothing between.
 * @returns whether it built.
 */
export async function buildDashboard(root: string, { signal, bundle = vite }: BuildOptions = {}): Promise<boolean> {
  const dist = path.join(root, 'dashboard', DIST)
  const built = await statOf(path.join(dist, 'index.html'))
  const changed = Math.max(...(await Promise.all(SOURCES.map((source) => newest(path.join(root, source))))))
  if (built !== undefined && built.mtimeMs >= changed) return false
  await sweep(path.dirname(dist))
  const partial = path.join(root, 'dashboard', `${PARTIAL}${process.pid}`)
  try {
    await bundle(root, partial, signal)
    await nameBuild(partial)
    await precompress(partial)
    await keepEarlier(dist, partial, Date.now())
    signal?.throwIfAborted()
    // As old as the newest source it was made of: one that was saved while Vite read is newer, and builds again.
    await utimes(path.join(partial, 'index.html'), new Date(), (Math.ceil(changed) + 1) / 1000)
    await replace(dist, partial)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return true
}

/** Removes what builds that were killed have left. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(PARTIAL)) continue
    const builder = Number.parseInt(name.slice(PARTIAL.length), 10)
    if (!isAlive(builder)) await rm(path.join(folder, name), { recursive: true, force: true })
  }
}

async function replace(dist: string, whole: string): Promise<void> {
  const old = `${whole}-old`
  try {
    if ((await statOf(dist)) !== undefined) await rename(dist, old)
    await rename(whole, dist)
  } catch (error) {
    // Another builder was as fast: its build is as good.
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error
    if ((await statOf(path.join(dist, 'index.html'))) === undefined) throw error
  } finally {
    await rm(old, { recursive: true, force: true })
  }
}

function vite(root: string, outDir: string, signal?: AbortSignal): Promise<void> {
  const args = ['build', 'dashboard', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), ...args], {
      cwd: root,
      // Tests run with NODE_ENV=test; what they look at is what operators run.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
      ...(signal && { signal }),
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the dashboard could not be built: vite ended with ${code}`)),
    )
  })
}

if (import.meta.main) await buildDashboard(path.join(import.meta.dirname, '../..'))
