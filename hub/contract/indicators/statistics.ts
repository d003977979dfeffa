/**
 * The estimators behind the indicators: pure, of complete days, oldest first. `null` is "not known", and a value that
 * needs an unknown day is not known either.
 */

/** A day's count; `null`: nobody has said it. */
export type Day = number | null

/** An estimate with its 95 % interval. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number }

/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.96
/** Two-sided 95 % of Student's t by degrees of freedom 1 to 30; beyond, the normal's. */
const T95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

/** The sum of the `length` days that end `skip` days before the last one; `null` when one is not known or not held. */
export function sumBack(days: readonly Day[], length: number, skip = 0): number | null {
  const end = days.length - skip
  if (end < length) return null
  let sum = 0
  for (let i = end - length; i < end; i++) {
    const day = days[i]
    if (day == null) return null
    sum += day
  }
  return sum
}

const WEEK_DAYS = 7

/**
 * The last `length` days against the same weekdays a week earlier: 0.1 is 10 % more. `null` too when nothing happened in
 * those.
 */
export function weekGrowth(days: readonly Day[], length = WEEK_DAYS): number | null {
  const now = sumBack(days, length)
  const before = sumBack(days, length, WEEK_DAYS)
  return now === null || before === null || before === 0 ? null : now / before - 1
}

/**
 * Days in which the number doubles at the pace of the last two weeks, ln 2 ÷ (ln(this week ÷ the week before) ÷ 7);
 * negative: days in which it halves. `null` where it stands still, or a week has none.
 */
export function doublingDays(days: readonly Day[]): number | null {
  const now = sumBack(days, WEEK_DAYS)
  const before = sumBack(days, WEEK_DAYS, WEEK_DAYS)
  if (!now || !before || now === before) return null
  return (Math.LN2 * WEEK_DAYS) / Math.log(now / before)
}

/** Mean days from one infection to the next, as the estimator below takes it. */
export const GENERATION_DAYS = 4
/** Cases in either week below which the estimator says more of chance than of the epidemic. */
const RT_CASES_MIN = 10

/**
 * The effective reproduction number: the cases of seven days against those of the seven days that ended four days
 * earlier. M. an der Heiden and O. Hamouda, "Schätzung der aktuellen Entwicklung der SARS-CoV-2-Epidemie", Epid Bull
 * 2020;17 (the 7-day R of the Robert Koch Institute), on reported days without nowcasting. The interval is that of a
 * ratio of two Poisson counts, on the logarithm.
 */
export function reproductionNumber(days: readonly Day[]): Estimate | null {
  const now = sumBack(days, WEEK_DAYS)
  const before = sumBack(days, WEEK_DAYS, GENERATION_DAYS)
  if (now === null || before === null || now < RT_CASES_MIN || before < RT_CASES_MIN) return null
  const value = now / before
  const spread = Math.exp(Z95 * Math.sqrt(1 / now + 1 / before))
  return { value, low: value / spread, high: value * spread }
}

/** Days of beds that a trend needs. */
const TREND_DAYS_MIN = 5
/** Further ahead a straight line says nothing. */
export const FULL_DAYS_MAX = 30

/**
 * `within`: the number of days, `high` may be `null`: the trend may be none. `later`: not within FULL_DAYS_MAX at this
 * trend. `full`: nothing is free now.
 */
export type UntilFull =
  | { readonly kind: 'full' }
  | { readonly kind: 'later' }
  | { readonly kind: 'within'; readonly days: number; readonly low: number; readonly high: number | null }

/**
 * When the beds are full at the present trend: free beds ÷ the slope of a least-squares line through the occupied beds of
 * the days; the interval from the slope's own 95 %.
 * @param occupied at the end of each day, oldest first
 * @param free beds that nobody has now
 * @returns `null` when too few days are known
 */
export function daysUntilFull(occupied: readonly Day[], free: number): UntilFull | null {
  if (free <= 0) return { kind: 'full' }
  const points = occupied.flatMap((y, x) => (y === null ? [] : [{ x, y }]))
  const n = points.length
  if (n < TREND_DAYS_MIN) return null
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n
  const sxx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const sxy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  const slope = sxy / sxx
  const rest = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  const error = Math.sqrt(rest / (n - 2) / sxx) * (T95[n - 3] ?? Z95)
  const days = free / slope
  if (slope <= 0 || days > FULL_DAYS_MAX) return { kind: 'later' }
  return { kind: 'within', days, low: free / (slope + error), high: slope > error ? free / (slope - error) : null }
}

/** A count of what lies above the bound before it and at or below `upTo`; the last may be `Infinity`. */
export type Bucket = { readonly upTo: number; readonly count: number }

/**
 * A quantile of counts in buckets, straight within its bucket, as Prometheus' `histogram_quantile` has it: in the last,
 * open bucket it is that bucket's lower bound. `null` of nothing.
 * @param q 0.5 is the median
 */
export function bucketQuantile(buckets: readonly Bucket[], q: number): number | null {
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const rank = q * total
  let below = 0
  let from = 0
  for (const { upTo, count } of buckets) {
    if (count > 0 && below + count >= rank) {
      return Number.isFinite(upTo) ? from + ((upTo - from) * (rank - below)) / count : from
    }
    below += count
    from = upTo
  }
  return from
}
