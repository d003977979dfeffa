/** Whether a series grows. Pure. */

/** `at`: hours since the start. */
export type Point = { readonly at: number; readonly value: number }

export type Verdict = 'flat' | 'grows' | 'falls'

export type Slope = {
  /** means of the first and of the last batch */
  readonly start: number
  readonly end: number
  /** per hour, with the bounds between which it lies with 95 % certainty */
  readonly perHour: number
  readonly low: number
  readonly high: number
  /** `flat`: by what was measured, 0 is as likely as any other slope between the bounds */
  readonly verdict: Verdict
}

/** Caches fill, code is compiled: what this first share of a run does is no slope. */
const WARM_UP = 0.2
/** Neighbours in time are alike; the means of batches are less so, and only then do the bounds hold. */
const BATCHES = 12
/** 97.5 % quantile of Student's t with BATCHES - 2 degrees of freedom. */
const STUDENT = 2.228

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Equal spans of time after the warm-up, each a point. @throws RangeError when one of them is empty */
function batchesOf(points: readonly Point[]): Point[] {
  const first = points[0]?.at ?? 0
  const last = points.at(-1)?.at ?? 0
  const from = first + (last - first) * WARM_UP
  const span = (last - from) / BATCHES
  return Array.from({ length: BATCHES }, (_, i) => {
    const isLast = i === BATCHES - 1
    const within = points.filter(({ at }) => at >= from + i * span && (isLast || at < from + (i + 1) * span))
    if (within.length === 0) throw new RangeError(`nothing was measured in batch ${i + 1} of ${BATCHES}`)
    return { at: mean(within.map(({ at }) => at)), value: mean(within.map(({ value }) => value)) }
  })
}

/** Least squares over batch means, with the bounds that their noise allows. */
export function slopeOf(points: readonly Point[]): Slope {
  const batches = batchesOf(points)
  const at = mean(batches.map((batch) => batch.at))
  const value = mean(batches.map((batch) => batch.value))
  const square = batches.reduce((sum, batch) => sum + (batch.at - at) ** 2, 0)
  const perHour = batches.reduce((sum, batch) => sum + (batch.at - at) * (batch.value - value), 0) / square
  const left = batches.reduce((sum, batch) => sum + (batch.value - value - perHour * (batch.at - at)) ** 2, 0)
  const noise = STUDENT * Math.sqrt(left / (BATCHES - 2) / square)
  const [low, high] = [perHour - noise, perHour + noise]
  return {
    start: batches[0]!.value,
    end: batches.at(-1)!.value,
    ...{ perHour, low, high },
    verdict: low > 0 ? 'grows' : high < 0 ? 'falls' : 'flat',
  }
}
