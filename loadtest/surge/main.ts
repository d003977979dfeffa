import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { describeMachine } from '../bench/machine.ts'
import { judge, latencyOf, loadedRatio } from './judge.ts'
import { secondsOf, total } from './lines.ts'
import { profileOf } from './profiles.ts'
import { renderReport, type Surge } from './report.ts'
import { playRun } from './run.ts'
import { openStage } from './stage.ts'
import { metricOf } from './watch-hub.ts'

/** `loadtest/run.sh`: one profile against a hub of its own. `K6` names the binary; PROFILE and SOCKETS choose. */

const RESULTS = path.join(import.meta.dirname, '../results')

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function commitOfTree(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return 'not a git work tree'
  }
}

async function main(stopped: AbortSignal): Promise<number> {
  const k6 = process.env.K6
  if (!k6) throw new Error('K6 names no binary: start this with `make loadtest` or `bash loadtest/run.sh`')
  const name = process.env.PROFILE || 'reopening'
  const sockets = process.env.SOCKETS ? Number(process.env.SOCKETS) : undefined
  if (sockets !== undefined && !(Number.isInteger(sockets) && sockets > 0 && sockets <= 18_000)) {
    throw new Error('SOCKETS takes a count of viewers, 1 to 18000')
  }
  const profile = profileOf(name, sockets)
  say(
    `load test "${name}": ${profile.ramp.at(-1)?.[1]} viewers, ${profile.seconds} s; a hub and PostgreSQL of its own start`,
  )
  const load = loadavg()[0] ?? 0
  if (load > 2 * cpus().length) {
    say(
      `the machine is busy (load average ${load.toFixed(1)} on ${cpus().length} cores): latency goals may be missed for that alone`,
    )
  }
  const stage = await openStage()
  try {
    const run = await playRun({ k6, name, sockets, profile, stage, signal: stopped, say })
    if (stopped.aborted) {
      say('stopped; nothing is written')
      return 130
    }
    const seconds = secondsOf(run.lines, run.beganAt)
    const counts = {
      deliveries: total(run.lines, 'deliveries'),
      gaps: total(run.lines, 'gaps'),
      mismatches: total(run.lines, 'mismatches'),
      failedWrites: total(run.lines, 'failedWrites') + run.writer.failed,
      resumed: total(run.lines, 'resumed'),
      lostSockets: total(run.lines, 'lostSockets') + total(run.lines, 'away'),
    }
    const rss = run.samples.map((sample) => sample.rss)
    const surge: Surge = {
      profile: name,
      at: new Date(run.beganAt).toISOString(),
      seconds: profile.seconds,
      sockets: Math.max(0, ...seconds.map((second) => second.sockets)),
      machine: describeMachine(),
      versions: {
        commit: commitOfTree(),
        node: process.version,
        k6: execFileSync(k6, ['version'], { encoding: 'utf8' }).split(' (')[0]?.trim(),
      },
      latencyMs: latencyOf(seconds),
      folded: total(run.lines, 'folded'),
      ...counts,
      skipped: total(run.lines, 'skipped'),
      snapshots: total(run.lines, 'snapshots'),
      cut: total(run.lines, 'cut'),
      closedByHub: total(run.lines, 'closedByHub'),
      denied: total(run.lines, 'denied'),
      helpRequests: total(run.lines, 'writes'),
      writer: run.writer,
      hostileConnections: run.hostileConnections,
      k6CpuSeconds: run.k6CpuSeconds,
      loadedP99Ratio: loadedRatio(profile, seconds),
      loadAverage: loadavg().map((load) => Math.round(load * 10) / 10),
      hub: {
        cpuCoresMax: Math.round(Math.max(0, ...run.samples.map((sample) => sample.cpu)) * 1000) / 1000,
        lagMsMean: Math.round(
          metricOf(run.metrics, 'jitasa_flush_lag_ms_sum') /
            Math.max(1, metricOf(run.metrics, 'jitasa_flush_lag_ms_count')),
        ),
        rssMiBFirst: Math.round((rss[0] ?? 0) / 2 ** 20),
        rssMiBMax: Math.round(Math.max(0, ...rss) / 2 ** 20),
        drops: metricOf(run.metrics, 'jitasa_drops_total'),
        resyncs: metricOf(run.metrics, 'jitasa_resyncs_total'),
        checksumMismatches: metricOf(run.metrics, 'jitasa_checksum_mismatches_total'),
      },
      thresholds: judge(profile, seconds, run.samples, counts),
    }
    await mkdir(RESULTS, { recursive: true })
    await writeFile(path.join(RESULTS, 'surge.json'), `${JSON.stringify(surge, null, 2)}\n`)
    await writeFile(path.join(RESULTS, 'surge.html'), renderReport(surge, seconds, run.samples))
    return print(surge)
  } finally {
    await stage.stop()
  }
}

/** @returns the exit code: 1 when a threshold is missed */
function print(surge: Surge): number {
  const { thresholds, hub, writer } = surge
  say(
    `\n${surge.deliveries} deltas to ${surge.sockets} viewers, ${surge.folded} folded and proved, ${String(surge.skipped)} skipped by late provers`,
  )
  say(`hub ${JSON.stringify(hub)}`)
  say(`writer ${JSON.stringify(writer)}, help requests ${String(surge.helpRequests)}`)
  say(`cut ${String(surge.cut)}, resumed by delta ${String(surge.resumed)}, snapshots ${String(surge.snapshots)}\n`)
  for (const [name, { value, max, ok }] of Object.entries(thresholds)) {
    say(`  ${ok ? 'held  ' : 'MISSED'} ${name.padEnd(14)} ${value ?? 'not measured'} (at most ${max})`)
  }
  say('\nloadtest/results/surge.json and surge.html are written')
  return Object.values(thresholds).every(({ ok }) => ok) ? 0 : 1
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
process.exitCode = await main(stop.signal).catch((error: Error) => {
  // Ctrl-C while the hub starts ends the hub first.
  process.stderr.write(stop.signal.aborted ? 'stopped\n' : `the load test does not run: ${error.message}\n`)
  return stop.signal.aborted ? 130 : 2
})
