/** Commit → painted, of the last minute. A ring of limited length: at 10 flushes a second a minute holds 600. */
export const LATENCY_WINDOW_MS = 60_000
export const LATENCY_SAMPLES_MAX = 1_200

export type Latencies = { readonly at: number; readonly ms: number }[]

/** Append in place; what is older than the window or over the limit falls off the front. */
export function recordLatency(samples: Latencies, now: number, ms: number): void {
  samples.push({ at: now, ms })
  let drop = Math.max(0, samples.length - LATENCY_SAMPLES_MAX)
  while (drop < samples.length && now - samples[drop]!.at > LATENCY_WINDOW_MS) drop++
  if (drop > 0) samples.splice(0, drop)
}

export type LatencySummary = { readonly count: number; readonly p50: number; readonly p99: number }

/** Median and p99 of what is within the window at `now`, or `null` when nothing is. Nearest rank. */
export function summarise(samples: Latencies, now: number): LatencySummary | null {
  const values = samples.filter((sample) => now - sample.at <= LATENCY_WINDOW_MS).map((sample) => sample.ms)
  if (values.length === 0) return null
  values.sort((a, b) => a - b)
  const rank = (share: number) => values[Math.max(0, Math.ceil(share * values.length) - 1)]!
  return { count: values.length, p50: rank(0.5), p99: rank(0.99) }
}
