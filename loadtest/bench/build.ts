import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NATIVE = fileURLToPath(new URL('../native/', import.meta.url))
/** Not in git; `make clean` removes it with node_modules. */
export const BUILD = fileURLToPath(new URL('../../node_modules/.cache/jitasa-bench/', import.meta.url))

const CLIENT_SOURCES = ['client.c', 'options.c', 'sockets.c', 'held.c', 'frames.c', 'dialect.c', 'seen.c', 'tally.c']

export type Native = {
  readonly client: string
  readonly floor: string
  /** viewers of the public feed */
  readonly feed: string
  readonly compiler: string
}

/** @throws Error that says what to install when there is no compiler. */
export function buildNative(): Native {
  mkdirSync(BUILD, { recursive: true })
  const compiler = process.env.CC ?? 'gcc'
  const compile = (name: string, sources: readonly string[]): string => {
    const out = join(BUILD, name)
    const words = ['-std=gnu17', '-O2', '-Wall', '-Wextra', '-o', out, ...sources.map((file) => join(NATIVE, file))]
    execFileSync(compiler, words, { stdio: ['ignore', 'inherit', 'inherit'] })
    return out
  }
  try {
    const version = execFileSync(compiler, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? compiler
    return {
      client: compile('client', CLIENT_SOURCES),
      floor: compile('floor', ['floor.c']),
      feed: compile('feed', ['feed.c']),
      compiler: version,
    }
  } catch (cause) {
    throw new Error(
      `the load client could not be compiled with '${compiler}': install gcc (Debian: apt-get install gcc libc6-dev) or set CC`,
      { cause },
    )
  }
}

export type GoServer = { readonly path: string } | { readonly absent: string }

const GO_BUILD_MS_MAX = 900_000
const CENTRIFUGO = { module: 'github.com/centrifugal/centrifugo/v6', version: 'v6.9.1' }
export const CENTRIFUGO_VERSION = CENTRIFUGO.version

const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n').find((line) => line !== '') ?? '') : String(error)

/**
 * Centrifugo itself, or the one that CENTRIFUGO names. Its first build compiles it with all it can be joined to, for
 * minutes, so the quick bench takes it only when a full one has built it before.
 */
export function buildCentrifugo(quick: boolean): GoServer {
  if (process.env.CENTRIFUGO) return { path: process.env.CENTRIFUGO }
  const path = join(BUILD, `centrifugo-${CENTRIFUGO.version}`)
  if (existsSync(path)) return { path }
  if (quick) return { absent: 'not built yet: the full bench (make bench) builds it' }
  const folder = join(BUILD, 'go-bin')
  try {
    execFileSync('go', ['install', '-trimpath', `${CENTRIFUGO.module}@${CENTRIFUGO.version}`], {
      env: { ...process.env, GOBIN: folder },
      timeout: GO_BUILD_MS_MAX,
      stdio: 'pipe',
    })
    renameSync(join(folder, 'centrifugo'), path)
    return { path }
  } catch (error) {
    return { absent: `Centrifugo could not be built: ${firstLine(error).slice(0, 200)}` }
  }
}

/**
 * The server on centrifuge. Its first build compiles some 15 modules for minutes, so the quick bench takes it only when
 * a full one has built it before.
 */
export function buildCentrifuge(quick: boolean): GoServer {
  const path = join(BUILD, 'centrifuge')
  if (quick) return existsSync(path) ? { path } : { absent: 'not built yet: the full bench (make bench) builds it' }
  const cwd = fileURLToPath(new URL('./servers/centrifuge/', import.meta.url))
  try {
    execFileSync('go', ['build', '-trimpath', '-o', path, '.'], { cwd, timeout: GO_BUILD_MS_MAX, stdio: 'pipe' })
    return { path }
  } catch (error) {
    return { absent: `the Go server could not be built: ${firstLine(error).slice(0, 200)}` }
  }
}
