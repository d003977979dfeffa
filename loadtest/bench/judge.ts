import { type Figure, figureOf, GOALS, judge, type Round, ratio, type Verdict } from './goals.ts'
import { limitsOf } from './limits.ts'
import { CROWD_SOCKETS, type CrowdLoad, type CrowdResult, OVERLOAD_SOCKETS } from './measures/crowd.ts'
import type { SlowResult } from './measures/slow.ts'
import type { WideResult } from './measures/wide.ts'
import type { WideHubResult } from './measures/wide-hub.ts'
import type { Results } from './results.ts'
import { median } from './stats.ts'
import type { VariantName } from './variants.ts'

/** From what was measured to the goals of the issue. Pure. */

const NOT_RUN = 'this hub did not run'
const FULL_ONLY = 'in the full bench only'

/** The goals are set at this size and this many sockets. */
const GOAL_BYTES = 300

/** Pass by pass, over all sittings; `undefined` for each pass of a sitting that failed. */
function roundsOf({ outcomes, plan }: Results, name: VariantName): (Round | undefined)[] | undefined {
  const passes = plan.floods.find(({ bytes }) => bytes === GOAL_BYTES)?.passes ?? 0
  return outcomes.get(name)?.flatMap((outcome) => {
    if ('failed' in outcome) return Array.from({ length: passes }, () => undefined)
    return outcome.result.throughputs.filter(({ bytes }) => bytes === GOAL_BYTES)
  })
}

function idleBytes(results: Results, name: VariantName): Figure {
  const outcomes = results.outcomes.get(name) ?? []
  const figures = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result.idleBytes] : []))
  return figureOf(figures, 'the variant did not run')
}

function idleCpu(results: Results, name: VariantName): Figure {
  const outcomes = results.outcomes.get(name) ?? []
  const figures = outcomes.flatMap((outcome) => ('result' in outcome ? (outcome.result.idleCpuUs ?? []) : []))
  return figureOf(figures, results.plan.quick ? FULL_ONLY : 'the variant did not run')
}

/** The figures of the undisturbed results; without one, why. */
function undisturbed<T extends { readonly refused: string | undefined }>(
  results: readonly T[],
  pick: (result: T) => number,
  otherwise: string | undefined,
): Figure {
  const fine = results.filter(({ refused }) => refused === undefined)
  return figureOf(fine.map(pick), results.find(({ refused }) => refused !== undefined)?.refused ?? otherwise ?? NOT_RUN)
}

function surgeRatio({ surges, failures }: Results, packed: boolean): Figure {
  const sittings = surges.filter((result) => result.packed === packed)
  return undisturbed(sittings, ({ calm, surge }) => surge.serverShare / calm.serverShare, failures.surge)
}

/** The count of workers that is better in the median of its undisturbed runs, as a deployment would choose it. */
function bestWide({ wides }: Results): WideResult[] {
  const fine = wides.filter(({ refused }) => refused === undefined)
  const groups = [...Map.groupBy(fine, ({ workers }) => workers).values()]
  const p99 = (group: readonly WideResult[]): number => median(group.map(({ p99Ms }) => p99Ms))
  return groups.sort((a, b) => p99(a) - p99(b))[0] ?? []
}

/** Pairs of the same round: what disturbs one disturbs the other. */
function crowdRatio({ crowds, failures }: Results, pick: (load: CrowdLoad) => number): Figure {
  const at = (shards: boolean) => crowds.filter((one) => one.sockets === CROWD_SOCKETS && one.shards === shards)
  const whole = at(false)
  const pairs = at(true).flatMap((split, i) => (whole[i] === undefined ? [] : [{ split, whole: whole[i] }]))
  const values = pairs.map(({ split, whole }) => ({
    ratio: pick(split.loads[0]!) / pick(whole.loads[0]!),
    refused: split.refused ?? whole.refused,
  }))
  return undisturbed(values, ({ ratio }) => ratio, failures.crowd)
}

export function judgeAll(results: Results): Verdict[] {
  const { slows, wides, wideHubs, surges, realHubs, plan, failures } = results
  const resumes = (carrier: VariantName) => results.resumes.filter(({ name }) => name === carrier)
  const of = (above: VariantName, below: VariantName): Figure =>
    ratio(roundsOf(results, above), roundsOf(results, below))
  const all = (values: readonly number[], failure: string | undefined): Figure => {
    const sum = values.reduce((total, value) => total + value, 0)
    return figureOf(values.length === 0 ? [] : [sum], failure ?? NOT_RUN)
  }
  const fullOnly = (failure: string | undefined) => (plan.quick ? FULL_ONLY : failure)
  const hubs = (shipped: boolean) =>
    realHubs.filter(({ handshakesPerSecond, sockets }) => handshakesPerSecond < sockets === shipped)
  const wide = bestWide(results)
  const wideFigure = (pick: (result: WideResult) => number): Figure =>
    undisturbed(wide.length === 0 ? wides : wide, pick, fullOnly(failures.wide))
  const wideHubFigure = (pick: (result: WideHubResult) => number): Figure =>
    undisturbed(wideHubs, pick, fullOnly(failures.wideHub))
  const slowFigure = (pick: (result: SlowResult) => number): Figure => undisturbed(slows, pick, fullOnly(failures.slow))
  const crowd = results.crowds.filter(({ sockets, shards }) => sockets === CROWD_SOCKETS && shards)
  const overload = results.crowds.filter(({ sockets }) => sockets === OVERLOAD_SOCKETS)
  const crowdFigure = (pick: (result: CrowdResult) => number): Figure =>
    undisturbed(crowd, pick, fullOnly(failures.crowd))
  const overloadFigure = (pick: (result: CrowdResult) => number): Figure =>
    undisturbed(overload, pick, fullOnly(failures.crowd))
  const figures: Record<string, Figure> = {
    crowdHttpP50: crowdFigure(({ loads }) => loads[0]!.httpMs.p50),
    crowdHttpP99: crowdFigure(({ loads }) => loads[0]!.httpMs.p99),
    crowdScreenP99: crowdRatio(results, ({ screenMs }) => screenMs.p99),
    crowdPerCpu: crowdRatio(results, ({ perCpuSecond }) => perCpuSecond),
    overloadHttpP99: overloadFigure(({ loads }) => loads[1]!.httpMs.p99),
    overloadScreenP99: overloadFigure(({ loads }) => loads[1]!.screenMs.p99),
    overloadLost: all(
      overload.flatMap(({ loads }) => loads.map(({ gaps, closed }) => gaps + closed)),
      fullOnly(failures.crowd),
    ),
    overloadLevelMs: overloadFigure(({ levelMs }) => levelMs ?? Number.POSITIVE_INFINITY),
    liveToUws: of('live', 'uws'),
    liveToFloor: of('live', 'floor'),
    socketioToUws: of('socketio', 'uws'),
    socketioToWs: of('socketio', 'socketio-ws'),
    liveToCentrifugo: of('live', 'centrifugo'),
    liveToCentrifuge: of('live', 'centrifuge'),
    surgeCpu: surgeRatio(results, true),
    surgeCpuPlain: surgeRatio(results, false),
    surgeGaps: all(
      surges.flatMap(({ calm, surge }) => [calm.gaps, surge.gaps]),
      failures.surge,
    ),
    liveIdleBytes: idleBytes(results, 'live'),
    socketioIdleBytes: idleBytes(results, 'socketio'),
    liveIdleCpu: idleCpu(results, 'live'),
    centrifugoIdleCpu: idleCpu(results, 'centrifugo'),
    resumeMs: undisturbed(resumes('live'), ({ ms }) => ms, failures.resume),
    resumeWhole: all(
      resumes('live').map(({ whole }) => whole),
      failures.resume,
    ),
    resumeNotLevel: all(
      results.resumes.map(({ level }) => (level ? 0 : 1)),
      failures.resume,
    ),
    socketioResumeMs: undisturbed(resumes('socketio'), ({ ms }) => ms, failures.resume),
    hubResumeMs: undisturbed(hubs(false), ({ ms }) => ms, fullOnly(failures.realHub)),
    hubShippedResumeMs: undisturbed(hubs(true), ({ ms }) => ms, fullOnly(failures.realHub)),
    hubResumeReads: all(
      realHubs.map(({ stormy }) => stormy.tableReads),
      fullOnly(failures.realHub),
    ),
    slowLost: all(
      slows.map(({ lost }) => lost),
      fullOnly(failures.slow),
    ),
    slowP99: slowFigure(({ p99MsBefore, p99MsDuring }) => p99MsDuring / p99MsBefore),
    slowNotLevel: all(
      slows.map(({ level }) => (level ? 0 : 1)),
      fullOnly(failures.slow),
    ),
    slowBytes: slowFigure(({ bytesPerStalled }) => bytesPerStalled),
    wideLost: all(
      wides.map(({ lost }) => lost),
      fullOnly(failures.wide),
    ),
    wideCores: wideFigure(({ cores }) => cores),
    wideP99Ms: wideFigure(({ p99Ms }) => p99Ms),
    hubWideLost: all(
      wideHubs.map(({ lost, killed }) => lost + killed.lost),
      fullOnly(failures.wideHub),
    ),
    hubWideCores: wideHubFigure(({ cores }) => cores),
    hubWideP99Ms: wideHubFigure(({ p99Ms }) => p99Ms),
    hubWideBackMs: wideHubFigure(({ killed }) => killed.ms),
  }
  const limits = limitsOf({ ...results, wide, rounds: (name) => roundsOf(results, name) })
  return GOALS.map((goal) =>
    judge(goal, figures[goal.key] ?? { kind: 'refused', why: 'not measured' }, limits[goal.key]),
  )
}

export const RATIO_KEYS = [
  'liveToUws',
  'liveToFloor',
  'socketioToUws',
  'socketioToWs',
  'liveToCentrifugo',
  'liveToCentrifuge',
  'surgeCpu',
] as const

/** The ratios by key; `null` where there is none, with the reason in the goal of that key. */
export function ratiosOf(verdicts: readonly Verdict[]): Record<string, number | null> {
  return Object.fromEntries(
    RATIO_KEYS.map((key) => {
      const value = verdicts.find((verdict) => verdict.key === key)?.value
      return [key, value === undefined || value === null ? null : Number(value.toFixed(3))]
    }),
  )
}
