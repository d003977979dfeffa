import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A page that was opened before an upgrade finds its parts for so long. */
export const EARLIER_MS_MAX = 7 * 86_400_000
/** With what is current far below STATIC_BYTES_MAX of http/static.ts, which a hub holds in memory. */
export const EARLIER_BYTES_MAX = 48 * 1024 * 1024
const ASSETS = 'assets'
const META = /<meta name="jitasa-build" content="([0-9a-f]+)" \/>/
const HEAD = '<head>'
const ID_LENGTH = 12

const isMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(isMissing)
  const files = (entries ?? []).filter((entry) => entry.isFile())
  return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort()
}

/** Documents whose pages know their build: the hub reads it in the first. */
const DOCUMENTS = ['index.html', 'board.html']

/** Names a fresh build by the hash of all that is in it, in its documents, where its pages and the hub read it. */
export async function nameBuild(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await filesOf(folder)) hash.update(`${file}\0`).update(await readFile(path.join(folder, file)))
  const build = hash.digest('hex').slice(0, ID_LENGTH)
  const meta = `${HEAD}\n    <meta name="jitasa-build" content="${build}" />`
  for (const name of DOCUMENTS) {
    const page = await readFile(path.join(folder, name), 'utf8').catch(isMissing)
    if (page !== undefined) await writeFile(path.join(folder, name), page.replace(HEAD, meta))
  }
  return build
}

/** @returns the name of the build that stands in `dist`; `undefined` where there is none, or none with a name */
export async function builtName(dist: string): Promise<string | undefined> {
  return (await readFile(path.join(dist, 'index.html'), 'utf8').catch(isMissing))?.match(META)?.[1]
}

/**
 * Takes the assets that `old` served over into `fresh`: their names hold a hash of their content, and a page that is
 * open asks for them until it is reloaded. What has been replaced is as old as its replacement, by its mtime; a file
 * is one of these when the list says so. The oldest go first when there are too many.
 */
export async function keepEarlier(old: string, fresh: string, now: number): Promise<void> {
  const list = path.join(ASSETS, '.earlier.json')
  const text = await readFile(path.join(old, list), 'utf8').catch(isMissing)
  const replacedBefore = new Set(text === undefined ? [] : (JSON.parse(text) as string[]))
  const current = new Set(await filesOf(path.join(fresh, ASSETS)))
  const found = await Promise.all(
    (await filesOf(path.join(old, ASSETS)))
      .filter((file) => !current.has(file) && path.join(ASSETS, file) !== list)
      .map(async (file) => {
        const { size, mtimeMs } = await stat(path.join(old, ASSETS, file))
        return { file, size, at: replacedBefore.has(file) ? mtimeMs : now }
      }),
  )
  const kept: string[] = []
  let bytes = 0
  for (const { file, size, at } of found.sort((a, b) => b.at - a.at)) {
    bytes += size
    if (bytes > EARLIER_BYTES_MAX || now - at > EARLIER_MS_MAX) continue
    const target = path.join(fresh, ASSETS, file)
    await mkdir(path.dirname(target), { recursive: true })
    await cp(path.join(old, ASSETS, file), target)
    await utimes(target, at / 1000, at / 1000)
    kept.push(file)
  }
  if (kept.length > 0) await writeFile(path.join(fresh, list), JSON.stringify(kept))
}

const LOOK_EVERY_MS = 5000

/** Tells of each other build that takes the place of the one in `dist`. @returns ends it */
export function watchBuild(dist: string, held: string, onBuild: (build: string) => void, lookMs = LOOK_EVERY_MS) {
  let build = held
  const timer = setInterval(async () => {
    const found = await builtName(dist).catch(() => undefined)
    if (found === undefined || found === build) return
    build = found
    onBuild(found)
  }, lookMs)
  timer.unref()
  return () => clearInterval(timer)
}
