import { type Spread, spread } from './stats.ts'

/** Ratios and goals of the bench. Pure. */

export type Round = { readonly perCpuSecond: number; readonly refused: string | undefined }

/** A figure, or why there is none. */
export type Figure =
  | { readonly kind: 'value'; readonly spread: Spread }
  | { readonly kind: 'refused'; readonly why: string }

/** The first reason, and how many rounds had one: percentages differ in each. */
export function countReasons(reasons: readonly string[], rounds: number): string {
  return reasons.length === 0 ? 'too few rounds' : `${reasons[0]} (${reasons.length} of ${rounds} rounds)`
}

/** A ratio stands on at least so many rounds in which both servers were saturated. */
export const PAIRS_MIN = 2

/**
 * The ratio of two variants, paired by round so that what disturbs a round disturbs both.
 * @param rounds of a variant, by round; `undefined` where it did not run
 */
export function ratio(
  numerator: readonly (Round | undefined)[] | undefined,
  denominator: readonly (Round | undefined)[] | undefined,
  pairsMin = PAIRS_MIN,
): Figure {
  if (!numerator || !denominator) return { kind: 'refused', why: 'one of the two did not run' }
  const values: number[] = []
  const reasons: string[] = []
  const rounds = Math.max(numerator.length, denominator.length)
  for (let round = 0; round < rounds; round++) {
    const above = numerator[round]
    const below = denominator[round]
    if (!above || !below) reasons.push('one of the two did not run')
    else if (above.refused ?? below.refused) reasons.push((above.refused ?? below.refused)!)
    else values.push(above.perCpuSecond / below.perCpuSecond)
  }
  if (values.length >= Math.min(pairsMin, Math.max(numerator.length, 1)))
    return { kind: 'value', spread: spread(values) }
  return { kind: 'refused', why: countReasons(reasons, rounds) }
}

export function figureOf(values: readonly number[], why: string): Figure {
  return values.length === 0 ? { kind: 'refused', why } : { kind: 'value', spread: spread(values) }
}

export type Goal = {
  readonly key: string
  readonly what: string
  readonly unit: string
  readonly bound: 'min' | 'max'
  /** `null`: a comparison without a goal */
  readonly goal: number | null
}

export const GOALS: readonly Goal[] = [
  { key: 'liveToUws', what: '/live to raw uWS publish', unit: '×', bound: 'min', goal: 0.97 },
  { key: 'liveToFloor', what: '/live to the C write() loop', unit: '×', bound: 'min', goal: 0.9 },
  { key: 'socketioToUws', what: 'Socket.IO to raw uWS publish', unit: '×', bound: 'min', goal: 0.85 },
  { key: 'socketioToWs', what: 'Socket.IO to Socket.IO on ws', unit: '×', bound: 'min', goal: 1.7 },
  { key: 'liveToCentrifugo', what: '/live to Centrifugo', unit: '×', bound: 'min', goal: 2 },
  {
    key: 'liveToCentrifuge',
    what: '/live to centrifuge, the library of Centrifugo',
    unit: '×',
    bound: 'min',
    goal: null,
  },
  {
    key: 'surgeCpu',
    what: 'CPU at 5,000 events/s to 500 events/s, frames as the dashboard asks for them',
    unit: '×',
    bound: 'max',
    goal: 1.2,
  },
  { key: 'surgeGaps', what: 'messages lost at either rate', unit: '', bound: 'max', goal: 0 },
  { key: 'surgeCpuPlain', what: 'the same, frames not deflated', unit: '×', bound: 'max', goal: null },
  {
    key: 'crowdHttpP50',
    what: '15,000 sockets on one topic, 5 commits/s: a command waits, p50',
    unit: 'ms',
    bound: 'max',
    goal: 2,
  },
  { key: 'crowdHttpP99', what: 'the same, p99', unit: 'ms', bound: 'max', goal: 20 },
  { key: 'crowdScreenP99', what: 'the same: commit to screen, p99, to one shard', unit: '×', bound: 'max', goal: 1.1 },
  {
    key: 'crowdPerCpu',
    what: 'the same: deliveries per CPU-second, to one shard',
    unit: '×',
    bound: 'min',
    goal: 0.95,
  },
  {
    key: 'overloadHttpP99',
    what: '19,000 sockets, 5,000 rows/s: a command waits, p99',
    unit: 'ms',
    bound: 'max',
    goal: 40,
  },
  { key: 'overloadScreenP99', what: 'the same: commit to screen, p99', unit: 'ms', bound: 'max', goal: 1000 },
  { key: 'overloadLost', what: 'the same: sockets closed, and gaps', unit: '', bound: 'max', goal: 0 },
  { key: 'overloadLevelMs', what: 'the same: level after the load', unit: 'ms', bound: 'max', goal: 2000 },
  { key: 'liveIdleBytes', what: 'memory per idle socket, /live', unit: 'B', bound: 'max', goal: 2560 },
  { key: 'liveIdleCpu', what: 'CPU per idle socket and second, /live', unit: 'µs', bound: 'max', goal: null },
  { key: 'centrifugoIdleCpu', what: 'the same, Centrifugo', unit: 'µs', bound: 'max', goal: null },
  { key: 'socketioIdleBytes', what: 'memory per idle socket, Socket.IO', unit: 'B', bound: 'max', goal: 14 * 1024 },
  { key: 'resumeMs', what: 'all sockets cut and resumed, /live', unit: 'ms', bound: 'max', goal: 1500 },
  { key: 'resumeWhole', what: 'of them given a whole snapshot instead of a delta', unit: '', bound: 'max', goal: 0 },
  { key: 'resumeNotLevel', what: 'storms after which not all sockets were level', unit: '', bound: 'max', goal: 0 },
  {
    key: 'hubResumeMs',
    what: 'the same on a real hub with PostgreSQL, which admits all at once',
    unit: 'ms',
    bound: 'max',
    goal: 1500,
  },
  {
    key: 'hubShippedResumeMs',
    what: 'the same, which admits as many as a hub that nothing was configured for',
    unit: 'ms',
    bound: 'max',
    goal: null,
  },
  { key: 'hubResumeReads', what: 'reads of tables, for either: scans and rows', unit: '', bound: 'max', goal: 0 },
  { key: 'socketioResumeMs', what: 'all sockets cut and resumed, Socket.IO', unit: 'ms', bound: 'max', goal: null },
  {
    key: 'slowLost',
    what: 'a fifth of the readers stalled: messages the others lost',
    unit: '',
    bound: 'max',
    goal: 0,
  },
  {
    key: 'slowP99',
    what: 'a fifth of the readers stalled: p99 of the others to before',
    unit: '×',
    bound: 'max',
    goal: 1.2,
  },
  { key: 'slowNotLevel', what: 'times that those who read on were not level soon', unit: '', bound: 'max', goal: 0 },
  { key: 'slowBytes', what: 'memory of the hub per stalled reader', unit: 'B', bound: 'max', goal: null },
  { key: 'wideLost', what: '57,000 sockets at 1 Hz: messages lost', unit: '', bound: 'max', goal: 0 },
  { key: 'wideCores', what: '57,000 sockets at 1 Hz: cores used', unit: '', bound: 'max', goal: 0.9 },
  { key: 'wideP99Ms', what: '57,000 sockets at 1 Hz: p99', unit: 'ms', bound: 'max', goal: 500 },
  {
    key: 'hubWideLost',
    what: 'the same on HUB_WORKERS with PostgreSQL, a worker killed at the end: lost',
    unit: '',
    bound: 'max',
    goal: 0,
  },
  { key: 'hubWideCores', what: 'the same: cores that the workers used', unit: '', bound: 'max', goal: 0.9 },
  { key: 'hubWideP99Ms', what: 'the same: p99 from commit to screen', unit: 'ms', bound: 'max', goal: 500 },
  {
    key: 'hubWideBackMs',
    what: 'the same: until all screens of the killed worker are served again',
    unit: 'ms',
    bound: 'max',
    goal: null,
  },
]

/** `met` is `null` without a goal or without a figure; `why` says why there is no figure, or what limited one that missed. */
export type Verdict = Goal & {
  readonly value: number | null
  readonly spread: Spread | null
  readonly met: boolean | null
  readonly why: string | null
}

/** @param limit what limited the figure, from what was measured; asked when the goal is missed */
export function judge(goal: Goal, figure: Figure, limit?: () => string | undefined): Verdict {
  if (figure.kind === 'refused') return { ...goal, value: null, spread: null, met: null, why: figure.why }
  const { spread } = figure
  const value = spread.median
  const met = goal.goal === null ? null : goal.bound === 'min' ? value >= goal.goal : value <= goal.goal
  return { ...goal, value, spread, met, why: met === false ? whyMissed(goal, spread, limit?.()) : null }
}

function whyMissed({ bound, goal }: Goal, { min, max, rounds }: Spread, limit: string | undefined): string {
  const plain = (value: number): string => Number(value.toPrecision(3)).toString()
  const reached = goal !== null && (bound === 'min' ? max >= goal : min <= goal) ? ', the goal among them' : ''
  const range = rounds === 1 ? 'measured once' : `${rounds} figures from ${plain(min)} to ${plain(max)}${reached}`
  return limit === undefined ? range : `${limit}; ${range}`
}
