import { VARIABLES } from '../../hub/runtime/config.ts'

/** What a run does: the full one, or the quick one of BENCH_QUICK=1 (under 3 minutes). */
export type Plan = {
  readonly quick: boolean
  /** for all measures together; what does not fit has no figure */
  readonly secondsMax: number
  readonly sockets: number
  /** times that all variants are started anew */
  readonly sittings: number
  readonly warmMs: number
  /** of one flood; a variant has two in a pass */
  readonly windowMs: number
  /** bytes of a message, and passes with it in a sitting */
  readonly floods: readonly { readonly bytes: number; readonly passes: number }[]
  /** also the latency at half of what the server can do; 0: not */
  readonly halfLoadMs: number
  /** in the first sitting: how long `IDLE_NAMES` have nothing to send, before the first flood; 0: not */
  readonly idleMs: number
  /** also a cut of all sockets of each variant */
  readonly storms: boolean
  readonly surge: { readonly sockets: number; readonly windowMs: number; readonly rounds: number }
  /** 15,000 sockets on one topic, and 19,000 with more than a core can send, with shards and without */
  readonly crowd: { readonly windowMs: number; readonly rounds: number } | undefined
  readonly resumeRounds: number
  /** times that readers stall */
  readonly slowRounds: number
  /** more sockets than a process can hold, once with each count of workers */
  readonly wide: Wide | undefined
  /** the same on hubs as `npm start` runs them; with one worker less, all sockets still fit */
  readonly wideHub: Wide | undefined
  /** a real hub on a PostgreSQL of its own, once for each of these HANDSHAKES_PER_SECOND */
  readonly realHub: readonly number[]
  /** names of the variants to run; empty: all */
  readonly only: readonly string[]
}

type Wide = { readonly sockets: number; readonly workers: readonly number[]; readonly seconds: number }

/** What a hub has that nothing was configured for; hub/runtime/config.ts. */
const HANDSHAKES_SHIPPED = Number(VARIABLES.handshakesPerSecond.fallback)
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
        ...common,
        secondsMax: 165,
        sittings: 1,
        warmMs: 400,
        windowMs: 1000,
        halfLoadMs: 0,
        storms: false,
        idleMs: 0,
        floods: [{ bytes: 300, passes: 2 }],
        surge: { sockets: sockets / 2, windowMs: 3000, rounds: 1 },
        crowd: undefined,
        resumeRounds: 1,
        slowRounds: 0,
        wide: undefined,
        wideHub: undefined,
        realHub: [],
      }
    : {
        ...common,
        secondsMax: 1850,
        sittings: 3,
        warmMs: 400,
        windowMs: 1500,
        halfLoadMs: 1500,
        storms: true,
        idleMs: 50_000,
        floods: [
          { bytes: 300, passes: 3 },
          { bytes: 2048, passes: 1 },
        ],
        surge: { sockets: sockets / 2, windowMs: 6000, rounds: 3 },
        crowd: { windowMs: 6000, rounds: 2 },
        resumeRounds: 3,
        slowRounds: 4,
        realHub: [HANDSHAKES_SHIPPED, sockets, sockets, sockets],
        wide: { sockets: Math.round(sockets * 5.7), workers: [4, 3, 4, 3], seconds: 10 },
        wideHub: { sockets: Math.round(sockets * 5.7), workers: [4, 4], seconds: 10 },
      }
}
