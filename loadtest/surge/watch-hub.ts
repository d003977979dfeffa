import { readCpuSeconds, readMemory } from '../bench/proc.ts'
import type { Sample } from './judge.ts'

const EVERY_MS = 1000

/** The sum of all series of a metric in Prometheus' text form. */
export function metricOf(text: string, name: string): number {
  let sum = 0
  for (const line of text.split('\n')) {
    if (!line.startsWith(name)) continue
    const after = line.charAt(name.length)
    if (after === ' ' || after === '{') sum += Number(line.slice(line.lastIndexOf(' ') + 1))
  }
  return sum
}

/**
 * A share of what a histogram counted lies below this, as Prometheus reckons it: evenly within a bucket.
 * @param labels each as it stands in the text, `method="POST"`. @returns in the histogram's unit; `null` when it counted nothing
 */
export function quantileOf(text: string, name: string, labels: readonly string[], share: number): number | null {
  const upTo = new Map<number, number>()
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${name}_bucket{`) || !labels.every((label) => line.includes(label))) continue
    const bound = Number(/le="([^"]+)"/.exec(line)?.[1]?.replace('+Inf', 'Infinity'))
    upTo.set(bound, (upTo.get(bound) ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1)))
  }
  const buckets = [...upTo].toSorted(([a], [b]) => a - b)
  const all = buckets.at(-1)?.[1] ?? 0
  if (all === 0) return null
  const i = buckets.findIndex(([, count]) => count >= share * all)
  const [[from, below], [to, count]] = [buckets[i - 1] ?? [0, 0], buckets[i]!]
  return Number.isFinite(to) ? from + ((to - from) * (share * all - below)) / (count - below) : from
}

export type HubWatch = { readonly samples: readonly Sample[]; metrics(): Promise<string>; stop(): void }

/** Looks at the hub's process once a second: CPU and memory from /proc, lag from /metrics. */
export function watchHub(pid: number, url: string, beganAt: number): HubWatch {
  const samples: Sample[] = []
  let before = { at: performance.now(), cpu: readCpuSeconds(pid), lagSum: 0, lagCount: 0 }
  const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text()
  let busy = false
  const look = async (): Promise<void> => {
    const text = await metrics()
    const now = {
      at: performance.now(),
      cpu: readCpuSeconds(pid),
      lagSum: metricOf(text, 'jitasa_flush_lag_ms_sum'),
      lagCount: metricOf(text, 'jitasa_flush_lag_ms_count'),
    }
    const flushes = now.lagCount - before.lagCount
    samples.push({
      second: (Date.now() - beganAt) / 1000,
      cpu: (now.cpu - before.cpu) / ((now.at - before.at) / 1000),
      rss: readMemory(pid).rss,
      lagMs: flushes > 0 ? (now.lagSum - before.lagSum) / flushes : undefined,
      lagBytes: metricOf(text, 'jitasa_source_lag_bytes'),
    })
    before = now
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    look()
      .catch((error: Error) => process.stderr.write(`the hub could not be looked at: ${error.message}\n`))
      .finally(() => {
        busy = false
      })
  }, EVERY_MS)
  return { samples, metrics, stop: () => clearInterval(timer) }
}
