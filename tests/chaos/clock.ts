import { chmod, glob, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** libfaketime reads its file once a second. */
const KNOWN_MS = 1_500

/** A clock that processes started with its environment go by. Their timers go on as they were: no real jump moves those. */
export type MovedClock = {
  readonly env: Readonly<Record<string, string>>
  /** a program that goes by it and becomes another one */
  wrap(program: string, folder: string): Promise<string>
  /** Stays where it jumps to, and the next jump begins there. Resolves when the processes know. */
  jump(seconds: number): Promise<void>
  remove(): Promise<void>
}

async function findLibrary(): Promise<string | undefined> {
  for await (const file of glob('/usr/lib/*/faketime/libfaketime.so.1')) return file
  return undefined
}

/** Debian's libfaketime, where it is installed. */
export const faketime = await findLibrary()

export async function makeClock(): Promise<MovedClock> {
  if (faketime === undefined) throw new Error('libfaketime is not installed')
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-clock-'))
  // PostgreSQL's own user reads it too.
  await chmod(folder, 0o755)
  const file = path.join(folder, 'offset')
  const env = {
    LD_PRELOAD: faketime,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
  let offset = 0
  const set = async () => {
    // At once: a file that was read while it was empty would be a clock without an offset.
    await writeFile(`${file}.new`, `${offset < 0 ? '' : '+'}${offset}s\n`)
    await rename(`${file}.new`, file)
  }
  await set()
  return {
    env,
    async jump(seconds) {
      offset += seconds
      await set()
      await sleep(KNOWN_MS)
    },
    async wrap(program, into) {
      const script = path.join(into, 'with-clock')
      const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`)
      await writeFile(script, `#!/bin/sh\n${exports.join('\n')}\nexec '${program}' "$@"\n`, { mode: 0o755 })
      return script
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
