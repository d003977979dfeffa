import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { precompress } from './http/precompress.ts'

const SOURCES = ['dashboard', 'hub/wire', 'package-lock.json']

/** ms since 1970 of the newest file below `place`, without what is built or installed. */
async function newest(place: string): Promise<number> {
  const info = await stat(place)
  if (!info.isDirectory()) return info.mtimeMs
  const names = (await readdir(place)).filter((name) => name !== 'dist' && name !== 'node_modules')
  const times = await Promise.all(names.map((name) => newest(path.join(place, name))))
  return Math.max(0, ...times)
}

/** Builds the dashboard with Vite when a source is newer than what was built. @returns whether it built. */
export async function buildDashboard(root: string): Promise<boolean> {
  const built = await stat(path.join(root, 'dashboard/dist/index.html')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  const changed = Math.max(...(await Promise.all(SOURCES.map((source) => newest(path.join(root, source))))))
  if (built !== undefined && built.mtimeMs >= changed) return false
  await run(root, ['build', 'dashboard', '--logLevel', 'warn'])
  await precompress(path.join(root, 'dashboard/dist'))
  return true
}

function run(root: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), ...args], {
      cwd: root,
      // Tests run with NODE_ENV=test; what they look at is what operators run.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the dashboard could not be built: vite ended with ${code}`)),
    )
  })
}

if (import.meta.main) await buildDashboard(path.dirname(import.meta.dirname))
