import type { CrowdResult } from './measures/crowd.ts'
import type { RealHubResult } from './measures/real-hub.ts'
import type { ResumeResult } from './measures/resume.ts'
import type { Outcome } from './measures/sitting.ts'
import type { SlowResult } from './measures/slow.ts'
import type { SurgeResult } from './measures/surge.ts'
import type { WideResult } from './measures/wide.ts'
import type { WideHubResult } from './measures/wide-hub.ts'
import type { Plan } from './plan.ts'

/** All that was measured in one run of the bench. */
export type Results = {
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>
  readonly surges: readonly SurgeResult[]
  readonly crowds: readonly CrowdResult[]
  readonly resumes: readonly ResumeResult[]
  readonly slows: readonly SlowResult[]
  readonly wides: readonly WideResult[]
  readonly wideHubs: readonly WideHubResult[]
  readonly realHubs: readonly RealHubResult[]
  readonly plan: Plan
  /** why a measure has no result */
  readonly failures: Readonly<
    Record<'surge' | 'crowd' | 'resume' | 'slow' | 'wide' | 'wideHub' | 'realHub', string | undefined>
  >
}
