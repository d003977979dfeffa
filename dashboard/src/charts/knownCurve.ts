import type { Curve } from '../../../hub/contract/indicators/cells.ts'

/** The curve from its first known day: before it nothing was reported. */
export function knownCurve({ days, values, mean }: Curve): Curve {
  const found = values.findIndex((value) => value !== null)
  const first = found < 0 ? values.length : found
  return { days: days.slice(first), values: values.slice(first), mean: mean.slice(first) }
}
