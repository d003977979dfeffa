import { type Figure, figureOf, GOALS, judge, type Round, ratio, type Verdict } from './goals.ts'
import type { ResumeResult } from './measures/resume.ts'
import type { SlowResult } from './measures/slow.ts'
import type { SurgeResult } from './measures/surge.ts'
import type { WideResult } from './measures/wide.ts'
import type { Plan } from './plan.ts'
import type { Outcome } from './rows.ts'
import { CENTRIFUGO_ABSENT, type VariantName } from './variants.ts'

/** From what was measured to the goals of the issue. Pure. */

export type Results = {
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>
  readonly surges: readonly SurgeResult[]
  readonly resumes: readonly ResumeResult[]
  readonly slow: SlowResult | undefined
  readonly wide: WideResult | undefined
  readonly plan: Plan
  /** why a measure has no result */
  readonly failures: Readonly<Record<'surge' | 'resume' | 'slow' | 'wide', string | undefined>>
}

const NOT_RUN = 'this hub did not run'

/** The goals are set at this size and this many sockets. */
const GOAL_BYTES = 300

function roundsOf({ outcomes }: Results, name: VariantName): (Round | undefined)[] | undefined {
  return outcomes.get(name)?.map((outcome) => {
    if ('failed' in outcome) return undefined
    return outcome.result.throughputs.find(({ bytes }) => bytes === GOAL_BYTES)
  })
}

function idleBytes(results: Results, name: VariantName): Figure {
  const outcomes = results.outcomes.get(name) ?? []
  const figures = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result.idleBytes] : []))
  return figureOf(figures, 'the variant did not run')
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

const FULL_ONLY = 'in the full bench only'

function wideFigure({ wide, plan, failures }: Results, pick: (wide: WideResult) => number): Figure {
  return undisturbed(wide ? [wide] : [], pick, plan.quick ? FULL_ONLY : failures.wide)
}

function slowFigure({ slow, plan, failures }: Results, pick: (slow: SlowResult) => number): Figure {
  return undisturbed(slow ? [slow] : [], pick, plan.quick ? FULL_ONLY : failures.slow)
}

export function judgeAll(results: Results): Verdict[] {
  const { slow, wide, plan, failures } = results
  const resumes = (carrier: VariantName) => results.resumes.filter(({ name }) => name === carrier)
  const of = (above: VariantName, below: VariantName): Figure =>
    ratio(roundsOf(results, above), roundsOf(results, below))
  const figures: Record<string, Figure> = {
    liveToUws: of('live', 'uws'),
    liveToFloor: of('live', 'floor'),
    socketioToUws: of('socketio', 'uws'),
    socketioToWs: of('socketio', 'socketio-ws'),
    liveToCentrifugo: { kind: 'refused', why: CENTRIFUGO_ABSENT },
    liveToCentrifuge: of('live', 'centrifuge'),
    surgeCpu: surgeRatio(results, true),
    surgeCpuPlain: surgeRatio(results, false),
    liveIdleBytes: idleBytes(results, 'live'),
    socketioIdleBytes: idleBytes(results, 'socketio'),
    resumeMs: undisturbed(resumes('live'), ({ ms }) => ms, failures.resume),
    resumeWhole: figureOf(
      resumes('live').map(({ whole }) => whole),
      failures.resume ?? NOT_RUN,
    ),
    socketioResumeMs: undisturbed(resumes('socketio'), ({ ms }) => ms, failures.resume),
    slowLost: figureOf(slow ? [slow.lost] : [], plan.quick ? FULL_ONLY : (failures.slow ?? NOT_RUN)),
    slowP99: slowFigure(results, ({ p99MsBefore, p99MsDuring }) => p99MsDuring / p99MsBefore),
    slowBytes: slowFigure(results, ({ bytesPerStalled }) => bytesPerStalled),
    wideLost: figureOf(wide ? [wide.lost] : [], plan.quick ? FULL_ONLY : (failures.wide ?? NOT_RUN)),
    wideCores: wideFigure(results, ({ cores }) => cores),
    wideP99Ms: wideFigure(results, ({ p99Ms }) => p99Ms),
  }
  return GOALS.map((goal) => judge(goal, figures[goal.key] ?? { kind: 'refused', why: 'not measured' }))
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
