/** So many a second from that second on. */
export type Rates = readonly (readonly [second: number, rate: number])[]

/** @returns the rate at a second of the run */
export function rateAt(rates: Rates, second: number): number {
  return rates.findLast(([from]) => from <= second)?.[1] ?? 0
}
