import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { Clock } from '../runtime/clock.ts'
import { decodedPercent } from '../runtime/percent.ts'
import type { HubContext } from './env.ts'
import { notFound } from './errors.ts'
import type { Fill } from './first-answers.ts'
import { type Bytes, type Representation, send, tagOf, textRepresentation } from './representation.ts'
import { styleHashes } from './security-headers.ts'

/** The built dashboard is held in memory; a folder larger than this is not the dashboard. */
export const STATIC_BYTES_MAX = 128 * 1024 * 1024
/** ms between two looks at whether the dashboard was built anew */
const LOOK_EVERY_MS = 1000
const INDEX = '/index.html'
/**
 * The document of people in need holds the emergency numbers before any script has run; a kiosk's holds a wall in a frame; the board's
 * names all that its first card is made of.
 */
const DOCUMENTS = [
  [/^\/help(\/|$)/, '/help.html'],
  [/^\/kiosk$/, '/kiosk.html'],
  [/^\/board$/, '/board.html'],
] as const
/** Vite puts a hash of the content into the names below /assets/. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/
const IMMUTABLE = 'public, max-age=31536000, immutable'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
}

type File = Representation & { readonly styles?: readonly string[] }
/** path, with its leading slash → what stands there */
export type Files = ReadonlyMap<string, File>

/**
 * Reads a built folder, with the `.br` and `.gz` siblings that precompress.ts wrote. What is not in it cannot be
 * asked for, so no path leads out of it. @throws when it holds more than STATIC_BYTES_MAX.
 */
export async function readFiles(root: string): Promise<Files> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const contents = new Map<string, Bytes>()
  let bytes = 0
  for (const entry of entries.filter((one) => one.isFile() && !one.name.startsWith('.'))) {
    const file = join(entry.parentPath, entry.name)
    const content = new Uint8Array(await readFile(file))
    bytes += content.length
    if (bytes > STATIC_BYTES_MAX) throw new Error(`${root} holds more than ${STATIC_BYTES_MAX} bytes`)
    contents.set(`/${file.slice(root.length).split(sep).filter(Boolean).join('/')}`, content)
  }
  const files = new Map<string, File>()
  for (const [path, identity] of contents) {
    if (/\.(?:br|gz)$/.test(path) && contents.has(path.slice(0, path.lastIndexOf('.')))) continue
    const br = contents.get(`${path}.br`)
    const gzip = contents.get(`${path}.gz`)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    const encodings = { identity, ...(br && { br }), ...(gzip && { gzip }) }
    const styles = extname(path) === '.html' ? styleHashes(new TextDecoder().decode(identity)) : []
    files.set(path, { type, tag: tagOf(identity), encodings, styles })
  }
  return files
}

function documentOf(path: string): string {
  return DOCUMENTS.find(([paths]) => paths.test(path))?.[1] ?? INDEX
}

export type StaticFiles = (c: HubContext) => Promise<Response>

/**
 * Serves the built dashboard of `root`: its files, and index.html for every other path that names no file, so that
 * the pages' own addresses work. A new build is noticed within a second or two.
 * @param fills what makes a document the reader's own, by its name
 */
export function staticFiles(root: string, clock: Clock, fills: Readonly<Record<string, Fill>> = {}): StaticFiles {
  let files: Files = new Map()
  let held: string | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  async function identity(): Promise<string | undefined> {
    const found = await stat(join(root, INDEX)).catch(() => undefined)
    return found && `${found.ino} ${found.mtimeMs}`
  }

  async function look(): Promise<void> {
    const before = await identity()
    // Without a folder (a new build is about to take its place, or it was removed) what is held stays.
    if (before === undefined || before === held) return
    const fresh = await readFiles(root).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return undefined
    })
    // Another folder took its place meanwhile: half of each was read, and the next look reads again.
    if (fresh === undefined || (await identity()) !== before) return
    files = fresh
    held = before
  }

  async function upToDate(): Promise<Files> {
    if (clock.now() - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = clock.now()
      looking = look()
    }
    await looking
    return files
  }

  return async (c) => {
    const current = await upToDate()
    const path = decodedPercent(new URL(c.req.url).pathname)
    const index = current.get(INDEX)
    if (index === undefined) {
      c.set('styles', styleHashes(NOT_BUILT_PAGE))
      return send(c, await NOT_BUILT, { 'Cache-Control': 'no-store' }, 503)
    }
    if (path === undefined) return notFound(c)
    const file = path.endsWith('/') ? undefined : current.get(path)
    if (file !== undefined) {
      c.set('styles', file.styles)
      return send(c, file, { 'Cache-Control': HASHED.test(path) ? IMMUTABLE : 'no-cache' })
    }
    if (extname(path) !== '' || path.startsWith('/assets/')) return notFound(c)
    const name = documentOf(path)
    const document = current.get(name) ?? index
    const fill = fills[name]
    c.set('styles', document.styles)
    if (fill !== undefined && document !== index) return fill(c, document)
    return send(c, document, { 'Cache-Control': 'no-cache' })
  }
}

const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Jitasa: the dashboard is not built</title>
<style>body { font: 18px/1.5 sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em }</style>
<body>
<h1>The dashboard is not built</h1>
<p>The hub runs, but <code>dashboard/dist</code> holds no <code>index.html</code>. Run</p>
<pre>npm run build</pre>
<p>and reload this page; the hub need not be started again. <code>make run</code> does it by itself.</p>
<p>The API works meanwhile: <a href="/api/reference">/api/reference</a>.</p>
`
const NOT_BUILT = textRepresentation('text/html; charset=utf-8', NOT_BUILT_PAGE)
