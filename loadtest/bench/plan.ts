/** What a run does: the full one, or the quick one of BENCH_QUICK=1 (under 3 minutes). */
export type Plan = {
  readonly quick: boolean
  /** for all measures together; what does not fit has no figure */
  readonly secondsMax: number
  readonly sockets: number
  readonly rounds: number
  readonly warmMs: number
  readonly windowMs: number
  /** bytes of a message */
  readonly sizes: readonly number[]
  /** also the latency at half of what the server can do */
  readonly halfLoad: boolean
  readonly surge: { readonly sockets: number; readonly windowMs: number; readonly rounds: number }
  readonly resumeRounds: number
  /** also stalled readers */
  readonly slow: boolean
  readonly wide: { readonly sockets: number; readonly workers: number; readonly seconds: number } | undefined
  /** names of the variants to run; empty: all */
  readonly only: readonly string[]
}

/** The goals are set at so many. */
export const GOAL_SOCKETS = 10_000
/** The files a process may open on the machines this was made for: 20,000. */
const SOCKETS_MAX = 19_000

export function readPlan(env: Readonly<Record<string, string | undefined>>): Plan {
  const quick = env.BENCH_QUICK === '1'
  const sockets = Number(env.BENCH_SOCKETS ?? GOAL_SOCKETS)
  if (!Number.isInteger(sockets) || sockets < 100 || sockets > SOCKETS_MAX) {
    throw new Error(`BENCH_SOCKETS takes a whole number from 100 to ${SOCKETS_MAX}, not '${env.BENCH_SOCKETS}'`)
  }
  const common = { quick, sockets, only: (env.BENCH_ONLY ?? '').split(',').filter((name) => name !== '') }
  return quick
    ? {
        ...{ ...common, secondsMax: 165, rounds: 2, warmMs: 500, windowMs: 2000, sizes: [300], halfLoad: false },
        surge: { sockets: sockets / 2, windowMs: 3000, rounds: 1 },
        ...{ resumeRounds: 1, slow: false, wide: undefined },
      }
    : {
        ...{ ...common, secondsMax: 1800, rounds: 4, warmMs: 1000, windowMs: 4000, sizes: [300, 2048], halfLoad: true },
        surge: { sockets: sockets / 2, windowMs: 8000, rounds: 3 },
        ...{ resumeRounds: 3, slow: true },
        wide: { sockets: Math.round(sockets * 5.7), workers: 4, seconds: 15 },
      }
}
