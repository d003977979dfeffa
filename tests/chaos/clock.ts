import { chmod, glob, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A clock that processes started with its environment go by. Their timers go on as they were: no real jump moves those. */
export type MovedClock = {
  readonly env: Readonly<Record<string, string>>
  /** a program that goes by it and becomes another one */
  wrap(program: string, folder: string): Promise<string>
  /** @param seconds ahead of this machine's; known to the processes within a second */
  set(seconds: number): Promise<void>
  remove(): Promise<void>
}

async function findLibrary(): Promise<string | undefined> {
  for await (const file of glob('/usr/lib/*/faketime/libfaketime.so.1')) return file
  return undefined
}

/** Debian's libfaketime; `undefined` where it is not installed. */
export async function makeClock(): Promise<MovedClock | undefined> {
  const library = await findLibrary()
  if (library === undefined) return undefined
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-clock-'))
  // PostgreSQL's own user reads it too.
  await chmod(folder, 0o755)
  const file = path.join(folder, 'offset')
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
  const set = (seconds: number) => writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}s\n`)
  await set(0)
  return {
    env,
    set,
    async wrap(program, into) {
      const script = path.join(into, 'with-clock')
      const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`)
      await writeFile(script, `#!/bin/sh\n${exports.join('\n')}\nexec '${program}' "$@"\n`, { mode: 0o755 })
      return script
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
