import type { WallsQuestion } from '../fanout/walls.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Config } from '../runtime/config.ts'
import type { Fleet } from '../runtime/fleet.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Metrics } from '../runtime/metrics.ts'
import type { Transaction } from '../situation/index.ts'

export type HubUrls = { readonly hubUrl: string; readonly apiUrl: string; readonly authUrl: string }

export type HubOptions = {
  readonly config: Config
  /** none: a hub of HUB_ROLE=screens, which has no database */
  readonly urls: HubUrls | undefined
  readonly secret: string
  /** the dashboard that is served, by the hash of what was built; another one may take its place */
  readonly build: string
  /** where it stands; without it, dashboard/dist, and nobody looks whether another one does */
  readonly dashboardDir?: string
  /** the release */
  readonly version?: string
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** several processes share the port: SO_REUSEPORT */
  readonly sharedPort: boolean
  /** what GET /metrics answers; of all workers, when there are several */
  readonly metricsText?: () => Promise<string>
  /** the workers, when there are several */
  readonly fleet?: () => Fleet | undefined
  /** what the walls of all workers say, when there are several */
  readonly allWalls?: (question: WallsQuestion) => Promise<readonly unknown[]>
  /** a commit was folded; `null`: the fold is new as a whole */
  readonly onFolded?: (tx: Transaction | null) => void
}

/** The address people use. */
export function publicUrlOf({ publicUrl, tlsCert, port }: Config): string {
  return publicUrl ?? `${tlsCert ? 'https' : 'http'}://localhost:${port}`
}
