import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { CENTRIFUGO_VERSION } from './build.ts'

/** What was measured on and with; stands at the head of bench.json. */

export type Machine = {
  readonly cpu: string
  readonly cores: number
  readonly kernel: string
  readonly memoryGiB: number
  readonly filesMax: string
}

export function describeMachine(): Machine {
  const limits = readFileSync('/proc/self/limits', 'latin1')
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    kernel: release(),
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    filesMax: /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1] ?? 'unknown',
  }
}

function packageVersion(name: string): string {
  const path = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url))
  const { name: real, version } = JSON.parse(readFileSync(path, 'utf8')) as { name: string; version: string }
  return real === name ? version : `${real} ${version}`
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return 'not a git work tree'
  }
}

export function describeVersions(compiler: string): Record<string, string> {
  const goMod = readFileSync(new URL('./servers/centrifuge/go.mod', import.meta.url), 'utf8')
  return {
    commit: commit(),
    node: process.version,
    'uWebSockets.js': packageVersion('uWebSockets.js'),
    'socket.io': packageVersion('socket.io'),
    ws: packageVersion('ws'),
    centrifuge: /centrifuge (v\S+)/.exec(goMod)?.[1] ?? 'unknown',
    Centrifugo: CENTRIFUGO_VERSION,
    compiler,
  }
}
