import { type Curve, WEEK_DAYS } from '../live/selectors.ts'

/** The curve from its first day with data: before it nothing was reported, and a mean needs seven days that were. */
export function knownCurve({ days, values, mean }: Curve): Curve {
  const found = values.findIndex((value) => value !== 0)
  const first = found < 0 ? values.length : found
  return {
    days: days.slice(first),
    values: values.slice(first),
    mean: mean.slice(first).map((value, i) => (i < WEEK_DAYS - 1 ? null : value)),
  }
}
