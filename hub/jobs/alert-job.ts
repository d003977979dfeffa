import { ADVISORY_LOCKS } from '../../db/advisory-locks.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Config } from '../runtime/config.ts'
import type { Situation } from '../situation/index.ts'
import { whyNotLive } from '../source/health.ts'
import type { Source } from '../source/source.ts'
import { type AlertWatch, LOOK_MS, watchAlerts } from './alerts.ts'
import type { JobsOptions } from './index.ts'

/** The watch of a process: its hub tells it what was folded, for as long as it leads its job writes what rings. */
export function alertJob(
  { situation, source }: { readonly situation: Situation; readonly source: Source },
  { smsPerHour }: Pick<Config, 'smsPerHour'>,
  clock: Clock,
): { readonly watch: AlertWatch; readonly job: Pick<JobsOptions, 'tasks' | 'lock' | 'tickMs'> } {
  const watch = watchAlerts({
    situation,
    isLive: () => whyNotLive(source.state(), clock.now()) === null,
    lagMs: () => source.lagMs(),
    messagesPerHour: smsPerHour,
  })
  return { watch, job: { tasks: [watch], lock: ADVISORY_LOCKS.alerts, tickMs: LOOK_MS } }
}
