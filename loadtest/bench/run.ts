import { performance } from 'node:perf_hooks'
import type { Cores } from './cores.ts'
import type { Results } from './judge.ts'
import { type ResumeResult, runResume } from './measures/resume.ts'
import { type RoundResult, runRound } from './measures/round.ts'
import { runSlow, type SlowResult } from './measures/slow.ts'
import { runSurge, type SurgeResult } from './measures/surge.ts'
import { runWide, type WideResult } from './measures/wide.ts'
import type { Plan } from './plan.ts'
import type { Outcome } from './rows.ts'
import { Stage } from './stage.ts'
import { interleave } from './stats.ts'
import type { Variant } from './variants.ts'

/** Runs everything of a plan, one after the other; a measure that fails is told and leaves no figure. */

export type Setup = {
  readonly plan: Plan
  readonly cores: Cores
  /** path of the compiled load client */
  readonly client: string
  readonly tell: (line: string) => void
  /** `performance.now()` after which nothing is begun and what runs is ended */
  readonly deadline: number
}

const NO_TIME = 'no time left: the machine is too busy or too slow for this run'

async function attempt<T>(setup: Setup, run: (stage: Stage) => Promise<T>): Promise<Outcome<T>> {
  const left = setup.deadline - performance.now()
  if (left <= 0) return { failed: NO_TIME }
  const stage = new Stage(setup.cores, setup.client)
  const timer = setTimeout(() => stage.kill(), left)
  try {
    return { result: await run(stage) }
  } catch (error) {
    if (performance.now() >= setup.deadline) return { failed: NO_TIME }
    return { failed: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
    await stage.end()
  }
}

/** Tries one after the other. @returns the results, and the first failure. */
async function attempts<T>(
  setup: Setup,
  name: string,
  runs: readonly ((stage: Stage) => Promise<T>)[],
  describe: (result: T) => string,
): Promise<{ readonly results: T[]; readonly failed: string | undefined }> {
  const results: T[] = []
  let failed: string | undefined
  for (const run of runs) {
    const outcome = await attempt(setup, run)
    if ('result' in outcome) results.push(outcome.result)
    else failed ??= outcome.failed
    setup.tell(`  ${name}  ${'result' in outcome ? describe(outcome.result) : outcome.failed}`)
  }
  return { results, failed }
}

const unless = (refused: string | undefined): string => (refused === undefined ? '' : ` (${refused})`)
const thousands = (value: number): string => `${(value / 1000).toFixed(1)} k`
const percent = (share: number): string => `${Math.round(share * 100)} %`

function describeRound({ throughputs }: RoundResult): string {
  return throughputs
    .map(
      ({ bytes, perCpuSecond, shares, refused }) =>
        `${bytes} B ${thousands(perCpuSecond)}/CPU-s, server ${percent(shares.server)}, client ${percent(shares.client)}` +
        unless(refused),
    )
    .join(' · ')
}

function describeSurge({ packed, calm, surge, refused }: SurgeResult): string {
  const rate = ({ eventsPerSecond, serverShare, bytesPerDelivery }: SurgeResult['calm']): string =>
    `${eventsPerSecond}/s ${serverShare.toFixed(3)} core at ${Math.round(bytesPerDelivery)} B a frame`
  return `${packed ? 'packed' : 'plain'}: ${rate(calm)} · ${rate(surge)}${unless(refused)}`
}

function describeResume({ name, ms, serverSeconds, byDelta, whole, gaps, level, refused }: ResumeResult): string {
  const end = level ? 'all level' : 'NOT all at the same position'
  return `${name}: ${ms} ms, ${serverSeconds.toFixed(2)} CPU-s, ${byDelta} by delta, ${whole} by snapshot, gaps ${gaps}, ${end}${unless(refused)}`
}

function describeWide({ sockets, workers, lost, cores, p50Ms, p99Ms, refused }: WideResult): string {
  const cost = `${cores.toFixed(2)} core, p50 ${p50Ms} ms, p99 ${p99Ms} ms`
  return `${sockets} sockets on ${workers} workers: lost ${lost}, ${cost}${unless(refused)}`
}

function describeSlow(result: SlowResult): string {
  const { sockets, stalled, p99MsBefore, p99MsDuring, lost, bytesPerStalled, closed, level, refused } = result
  const rest = `p99 ${p99MsBefore} → ${p99MsDuring} ms, lost ${lost}, ${Math.round(bytesPerStalled / 1024)} KiB a stalled socket`
  const end = level ? 'all level afterwards' : 'NOT all at the same position afterwards'
  return `${stalled} of ${sockets} stalled: ${rest}, closed ${closed}, ${end}${unless(refused)}`
}

async function runRounds(setup: Setup, variants: readonly Variant[]): Promise<Map<string, Outcome[]>> {
  const { plan, tell } = setup
  const outcomes = new Map<string, Outcome[]>(variants.map(({ name }) => [name, []]))
  for (const [round, order] of interleave(variants, plan.rounds).entries()) {
    for (const variant of order) {
      const outcome = await attempt(setup, (stage) => runRound(stage, variant, plan))
      outcomes.get(variant.name)?.push(outcome)
      const said = 'result' in outcome ? describeRound(outcome.result) : outcome.failed
      tell(`  round ${round + 1}/${plan.rounds}  ${variant.title}: ${said}`)
    }
  }
  return outcomes
}

export async function runAll(setup: Setup, variants: readonly Variant[]): Promise<Results> {
  const { plan } = setup
  const outcomes = await runRounds(setup, variants)
  const live = variants.filter(({ name }) => name === 'live')
  const hubs = variants.filter(({ name }) => name === 'live' || name === 'socketio')
  const repeat = <T>(rounds: number, runs: readonly T[]): T[] => Array.from({ length: rounds }, () => runs).flat()
  const surge = await attempts(
    setup,
    'surge',
    repeat(
      plan.surge.rounds,
      live.flatMap((hub) => [true, false].map((packed) => (stage: Stage) => runSurge(stage, hub, plan, packed))),
    ),
    describeSurge,
  )
  const resume = await attempts(
    setup,
    'storm',
    repeat(
      plan.resumeRounds,
      hubs.map((hub) => (stage: Stage) => runResume(stage, hub, plan.sockets)),
    ),
    describeResume,
  )
  const slow = await attempts(
    setup,
    'slow',
    plan.slow ? live.map((hub) => (stage: Stage) => runSlow(stage, hub)) : [],
    describeSlow,
  )
  const { wide: widely } = plan
  const wide = await attempts(
    setup,
    'wide',
    widely === undefined ? [] : live.map((hub) => (stage: Stage) => runWide(stage, hub, widely)),
    describeWide,
  )
  return {
    outcomes,
    surges: surge.results,
    resumes: resume.results,
    slow: slow.results[0],
    wide: wide.results[0],
    plan,
    failures: { surge: surge.failed, resume: resume.failed, slow: slow.failed, wide: wide.failed },
  }
}
