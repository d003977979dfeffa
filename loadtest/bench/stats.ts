/** Figures over repetitions. Pure. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number; readonly rounds: number }

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('the median of nothing')
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), rounds: values.length }
}

/** @param share 0 to 1. @returns the least value that so many are at most */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('a quantile of nothing')
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!
}

/** `[µs, count]`: so many values of at most so many µs and above the bucket before. */
export type Histogram = readonly (readonly [number, number])[]

export function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>()
  for (const [us, count] of histograms.flat()) counts.set(us, (counts.get(us) ?? 0) + count)
  return [...counts].sort((a, b) => a[0] - b[0])
}

/** @param share 0 to 1. @returns µs, or `undefined` when nothing was measured. */
export function percentile(histogram: Histogram, share: number): number | undefined {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return undefined
  let seen = 0
  for (const [us, count] of histogram) {
    seen += count
    if (seen >= share * total) return us
  }
  return histogram.at(-1)?.[0]
}

/** Rotates the order every round, so that no variant is always the first after a pause. */
export function interleave<T>(items: readonly T[], rounds: number): T[][] {
  return Array.from({ length: rounds }, (_, round) => {
    const at = items.length === 0 ? 0 : round % items.length
    return [...items.slice(at), ...items.slice(0, at)]
  })
}
