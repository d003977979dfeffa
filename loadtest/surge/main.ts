import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { profileOf, resultName } from './profiles.ts'
import { renderReport } from './report.ts'
import { playRun } from './run.ts'
import { openStage } from './stage.ts'
import { type Surge, surgeOf } from './surge.ts'

/**
 * `loadtest/run.sh`: one profile against a hub of its own. `K6` names the binary; PROFILE and SOCKETS choose; RESULTS is
 * the folder for the figures and the report, without it loadtest/results.
 */

/** The hub takes 19,000, and k6 may open 20,000 files. */
const SOCKETS_MAX = 18_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(stopped: AbortSignal): Promise<number> {
  const k6 = process.env.K6
  if (!k6) throw new Error('K6 names no binary: start this with `make loadtest` or `bash loadtest/run.sh`')
  const name = process.env.PROFILE || 'reopening'
  const results = path.resolve(process.env.RESULTS || path.join(import.meta.dirname, '../results'))
  const sockets = process.env.SOCKETS ? Number(process.env.SOCKETS) : undefined
  if (sockets !== undefined && !(Number.isInteger(sockets) && sockets > 0 && sockets <= SOCKETS_MAX)) {
    throw new Error(`SOCKETS takes a count of viewers, 1 to ${SOCKETS_MAX}`)
  }
  const profile = profileOf(name, sockets)
  const viewers = profile.ramp.at(-1)?.[1] ?? 0
  say(`load test "${name}": ${viewers} viewers, ${profile.seconds} s; a hub and PostgreSQL of its own start`)
  const load = loadavg()[0] ?? 0
  if (load > 2 * cpus().length) {
    const busy = `load average ${load.toFixed(1)} on ${cpus().length} cores`
    say(`the machine is busy (${busy}): latency goals may be missed for that alone`)
  }
  const stage = await openStage(profile.writers, viewers)
  try {
    const run = await playRun({ k6, name, sockets, profile, stage, signal: stopped, say })
    if (stopped.aborted) {
      say('stopped; nothing is written')
      return 130
    }
    const { surge, seconds } = surgeOf(name, profile, k6, run)
    await mkdir(results, { recursive: true })
    const file = resultName(name)
    await writeFile(path.join(results, `${file}.json`), `${JSON.stringify(surge, null, 2)}\n`)
    await writeFile(path.join(results, `${file}.html`), renderReport(surge, { ...run, seconds }))
    print(surge)
    say(`\n${file}.json and ${file}.html are written to ${results}`)
    return Object.values(surge.thresholds).every(({ ok }) => ok) ? 0 : 1
  } finally {
    await stage.stop()
  }
}

function print(surge: Surge): void {
  const { thresholds, peak, writes } = surge
  const { packed, plain } = peak.bytesPerWallSecond
  say(`\n${surge.deliveries} deltas to ${surge.sockets} viewers, ${surge.folded} folded and proved`)
  say(
    `API: ${writes.api} writes, p95 ${writes.apiMs.p95 ?? '–'} ms, claims p99 ${writes.claimsMs.p99 ?? '–'} ms (in the hub ${writes.claimsHubMs.p99 ?? '–'}); SQL: ${writes.events} events`,
  )
  say(
    `at ${peak.eventsPerSecond} of ${peak.plannedPerSecond} events/s: a wall takes ${packed} B/s packed, ${plain} as text; hub ${peak.hubCoresMean} core, ${peak.rssMiBMax} MiB`,
  )
  say(`hub ${JSON.stringify(surge.hub)}`)
  say(
    `cut ${surge.cut}, ${surge.refused} handshakes told to wait, resumed by delta ${surge.resumed}, snapshots ${surge.snapshots}`,
  )
  if (surge.stalls > 0) {
    say(
      `${surge.stalls} stalls, ${surge.drops} found by the hub; the slowest was level ${surge.caughtUpMsMax} ms after`,
    )
  }
  if (surge.hostile !== null) say(`the attacker: ${JSON.stringify(surge.hostile)}`)
  if (surge.loadedP99 !== null) {
    const { quietMs, loadedMs } = surge.loadedP99
    say(`p99 of those who read: quiet ${quietMs.join(', ')} ms; loaded ${loadedMs.join(', ')} ms`)
  }
  say('')
  for (const [name, { value, max, ok }] of Object.entries(thresholds)) {
    say(`  ${ok ? 'held  ' : 'MISSED'} ${name.padEnd(14)} ${value ?? 'not measured'} (at most ${max})`)
  }
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
process.exitCode = await main(stop.signal).catch((error: Error) => {
  // Ctrl-C while the hub starts ends the hub first.
  process.stderr.write(stop.signal.aborted ? 'stopped\n' : `the load test does not run: ${error.message}\n`)
  return stop.signal.aborted ? 130 : 2
})
