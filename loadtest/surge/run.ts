import { type ChildProcess, fork, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { readCpuSeconds } from '../bench/proc.ts'
import type { WriterReport, WriterTask } from '../writer.ts'
import type { HostileReport } from './hostile.ts'
import type { Sample } from './judge.ts'
import { parseTally, type TallyLine } from './lines.ts'
import type { Written } from './peak.ts'
import { type Profile, type Span, WRITER_ENDS_BEFORE_SECONDS } from './profiles.ts'
import { gone, type Stage } from './stage.ts'
import { type WallSecond, watchWalls } from './walls.ts'
import { watchHub } from './watch-hub.ts'

export type RunOptions = {
  readonly k6: string
  readonly name: string
  readonly sockets: number | undefined
  readonly profile: Profile
  readonly stage: Stage
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

export type Run = {
  /** ms since 1970 */
  readonly beganAt: number
  readonly lines: readonly TallyLine[]
  readonly samples: readonly Sample[]
  readonly walls: readonly WallSecond[]
  readonly written: Written
  readonly writer: {
    readonly events: number
    readonly commits: number
    readonly failed: number
    readonly error?: string
  }
  /** `undefined`: nobody attacked */
  readonly hostile: HostileReport | undefined
  /** at the last look, at most ten seconds before its end */
  readonly k6CpuSeconds: number
  /** the hub's /metrics at the end */
  readonly metrics: string
}

const LOADTEST = path.dirname(import.meta.dirname)
/** One for each of k6's virtual users, so that the hub's limits per address hold for each as for a stranger; screens have SOURCES. */
const ADDRESSES = '127.0.1.1-127.0.1.128'
/** A run that does not end by itself is ended. */
const OVERTIME_SECONDS = 60
const SAY_EVERY_MS = 10_000
/** of k6's own log, refused requests among it */
const K6_LINES_MAX = 20

/** One run of a profile: k6, the SQL writer and, where the profile says so, the hostile address. All end with it. */
export async function playRun(options: RunOptions): Promise<Run> {
  const { profile, stage, signal, say } = options
  const beganAt = Date.now()
  const lines: TallyLine[] = []
  const writer = startWriter(beganAt, {
    url: stage.ownerUrl,
    rates: profile.rates,
    seconds: profile.seconds - WRITER_ENDS_BEFORE_SECONDS,
    leaves: {
      provinces: stage.desks.claims.map(({ province }) => province),
      facilities: stage.desks.beds.flatMap(({ facility }) => facility ?? []),
    },
  })
  const hostile = startHostile(stage.port, profile.hostile)
  const k6 = startK6(options, lines)
  const watch = watchHub(stage.hubPid, stage.url, beganAt)
  const walls = watchWalls(stage.url, beganAt)
  const children = [k6, writer.child, ...(hostile.child ? [hostile.child] : [])]
  const abort = (): void => {
    for (const child of children) child.kill('SIGKILL')
  }
  signal.addEventListener('abort', abort, { once: true })
  const overtime = setTimeout(abort, (profile.seconds + OVERTIME_SECONDS) * 1000)
  let k6CpuSeconds = 0
  const progress = setInterval(() => {
    if (k6.pid !== undefined && k6.exitCode === null) k6CpuSeconds = readCpuSeconds(k6.pid)
    const { events, failed } = writer.report()
    const newest = watch.samples.at(-1)
    const hub = newest
      ? `hub ${newest.cpu.toFixed(2)} core, ${Math.round(newest.rss / 2 ** 20)} MiB; k6 ${k6CpuSeconds.toFixed(1)} s`
      : ''
    say(`  ${Math.round((Date.now() - beganAt) / 1000)} s: ${events} events written, ${failed} failed; ${hub}`)
  }, SAY_EVERY_MS)
  try {
    const code = await exit(k6)
    if (code !== 0 && !signal.aborted && lines.length === 0) throw new Error(`k6 ended with ${code} and no figures`)
    const metrics = signal.aborted ? '' : await watch.metrics()
    return {
      beganAt,
      lines,
      samples: watch.samples,
      walls: walls.seconds(),
      written: writer.written,
      writer: writer.report(),
      hostile: hostile.report(),
      k6CpuSeconds,
      metrics,
    }
  } finally {
    clearTimeout(overtime)
    clearInterval(progress)
    watch.stop()
    walls.stop()
    signal.removeEventListener('abort', abort)
    hostile.stop()
    await Promise.all(children.map(gone))
  }
}

function exit(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code))
  })
}

function startK6({ k6, name, sockets, profile, stage, signal, say }: RunOptions, lines: TallyLine[]): ChildProcess {
  const env = {
    HUB: stage.url,
    PROFILE: name,
    COOKIES: JSON.stringify(stage.cookies),
    // It would ask a service of the internet for a k6 with what is in this one.
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    DESKS: JSON.stringify(stage.desks),
    ...(sockets ? { SOCKETS: String(sockets) } : {}),
  }
  const child = spawn(
    k6,
    [
      'run',
      '--quiet',
      '--no-usage-report',
      '--no-color',
      '--summary-mode=disabled',
      '--log-format=raw',
      '--log-output=stdout',
      '--address=',
      `--local-ips=${ADDRESSES}`,
      path.join(LOADTEST, 'k6', `${profile.script}.ts`),
    ],
    {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let said = 0
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseTally(text)
    if (line !== undefined) lines.push(line)
    else if (text !== '' && !signal.aborted && said++ < K6_LINES_MAX) say(`  k6: ${text.slice(0, 300)}`)
  })
  return child
}

function startWriter(beganAt: number, task: WriterTask) {
  const child = fork(path.join(LOADTEST, 'writer.ts'))
  const written: (readonly [number, number])[] = []
  let report: Run['writer'] = { events: 0, commits: 0, failed: 0 }
  child.on('message', ({ events, commits, failed, error }: WriterReport) => {
    report = { events, commits, failed, ...(error === undefined ? {} : { error }) }
    written.push([(Date.now() - beganAt) / 1000, events])
  })
  child.send(task)
  return { child, written, report: () => report }
}

function startHostile(port: number, spans: readonly Span[]) {
  if (spans.length === 0) return { child: undefined, report: () => undefined, stop: () => undefined }
  const child = fork(path.join(import.meta.dirname, 'hostile.ts'))
  let report: HostileReport | undefined
  child.on('message', (message: HostileReport) => {
    report = message
  })
  child.send({ port })
  const timers = spans.flatMap(([from, to]) => [
    setTimeout(() => child.connected && child.send({ attack: true }), from * 1000),
    setTimeout(() => child.connected && child.send({ attack: false }), to * 1000),
  ])
  return { child, report: () => report, stop: () => timers.forEach(clearTimeout) }
}
