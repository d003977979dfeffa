import { performance } from 'node:perf_hooks'
import type { Cores } from './cores.ts'
import {
  describeCrowd,
  describeOutcome,
  describeRealHub,
  describeResume,
  describeSlow,
  describeSurge,
  describeWide,
  describeWideHub,
} from './describe.ts'
import { CROWDS, runCrowd } from './measures/crowd.ts'
import { runRealHub } from './measures/real-hub.ts'
import { runResume } from './measures/resume.ts'
import type { Outcome } from './measures/sitting.ts'
import { runSitting } from './measures/sitting.ts'
import { runSlow } from './measures/slow.ts'
import { runSurge } from './measures/surge.ts'
import { runWide } from './measures/wide.ts'
import { runWideHub } from './measures/wide-hub.ts'
import type { Plan } from './plan.ts'
import type { Results } from './results.ts'
import { Stage } from './stage.ts'
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

/** @param run makes as many stages as it needs; all end with it */
async function attempt<T>(setup: Setup, run: (stageOf: () => Stage) => Promise<T>): Promise<Outcome<T>> {
  const left = setup.deadline - performance.now()
  if (left <= 0) return { failed: NO_TIME }
  const stages: Stage[] = []
  const timer = setTimeout(() => {
    for (const stage of stages) stage.kill()
  }, left)
  const stageOf = (): Stage => {
    const stage = new Stage(setup.cores, setup.client)
    stages.push(stage)
    return stage
  }
  try {
    return { result: await run(stageOf) }
  } catch (error) {
    if (performance.now() >= setup.deadline) return { failed: NO_TIME }
    return { failed: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
    await Promise.all(stages.map((stage) => stage.end()))
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
    const outcome = await attempt(setup, (stageOf) => run(stageOf()))
    if ('result' in outcome) results.push(outcome.result)
    else failed ??= outcome.failed
    setup.tell(`  ${name}  ${'result' in outcome ? describe(outcome.result) : outcome.failed}`)
  }
  return { results, failed }
}

async function runSittings(setup: Setup, variants: readonly Variant[]): Promise<Map<string, Outcome[]>> {
  const { plan, tell } = setup
  const outcomes = new Map<string, Outcome[]>(variants.map(({ name }) => [name, []]))
  for (let sitting = 0; sitting < plan.sittings; sitting++) {
    const came = await attempt(setup, (stageOf) => runSitting(variants, plan, sitting, stageOf))
    for (const variant of variants) {
      const outcome = 'result' in came ? came.result.get(variant.name)! : came
      outcomes.get(variant.name)?.push(outcome)
      tell(`  sitting ${sitting + 1}/${plan.sittings}  ${variant.title}: ${describeOutcome(outcome)}`)
    }
  }
  return outcomes
}

export async function runAll(setup: Setup, variants: readonly Variant[]): Promise<Results> {
  const { plan } = setup
  const outcomes = await runSittings(setup, variants)
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
  const { crowd: crowded } = plan
  const crowd = await attempts(
    setup,
    'crowd',
    repeat(
      crowded?.rounds ?? 0,
      live.flatMap((hub) => CROWDS.map((of) => (stage: Stage) => runCrowd(stage, hub, crowded!, of))),
    ),
    describeCrowd,
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
    repeat(
      plan.slowRounds,
      live.map((hub) => (stage: Stage) => runSlow(stage, hub)),
    ),
    describeSlow,
  )
  const widely = <T>(
    wide: Plan['wide'],
    run: (stage: Stage, hub: Variant, wide: { sockets: number; workers: number; seconds: number }) => Promise<T>,
  ) =>
    live.flatMap((hub) =>
      (wide?.workers ?? []).map((workers) => (stage: Stage) => run(stage, hub, { ...wide!, workers })),
    )
  const wide = await attempts(setup, 'wide', widely(plan.wide, runWide), describeWide)
  const wideHub = await attempts(setup, 'wide hub', widely(plan.wideHub, runWideHub), describeWideHub)
  const realHub = await attempts(
    setup,
    'real hub',
    live.flatMap((hub) =>
      plan.realHub.map((handshakes) => (stage: Stage) => runRealHub(stage, hub, plan.sockets, handshakes)),
    ),
    describeRealHub,
  )
  return {
    outcomes,
    surges: surge.results,
    crowds: crowd.results,
    resumes: resume.results,
    slows: slow.results,
    wides: wide.results,
    wideHubs: wideHub.results,
    realHubs: realHub.results,
    plan,
    failures: {
      surge: surge.failed,
      crowd: crowd.failed,
      resume: resume.failed,
      slow: slow.failed,
      wide: wide.failed,
      wideHub: wideHub.failed,
      realHub: realHub.failed,
    },
  }
}
