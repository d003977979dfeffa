import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../runtime/clock.ts'
import type { Logger } from '../../runtime/logger.ts'
import { asError } from '../errors.ts'
import { type BusOptions, onBeats, openBus } from './bus.ts'

export type LeaderWatchOptions = { readonly bus: BusOptions; readonly clock: Clock; readonly logger: Logger }

/** A leader that is silent for longer, while NATS is there, hangs; taking its first snapshot may take a while. */
const STUCK_MS = 30_000
const RETRY_MS = 1000

/** Hears whether anybody feeds. `stuck()`: NATS has been there all the while, and nobody was heard on it. */
export function startLeaderWatch({ bus: options, clock, logger }: LeaderWatchOptions) {
  const ending = new AbortController()
  let quietSince = Number.POSITIVE_INFINITY

  async function listen(): Promise<void> {
    const bus = await openBus(options)
    try {
      quietSince = clock.now()
      onBeats(
        bus,
        () => {
          quietSince = clock.now()
        },
        (error) => logger.error({ err: error }, 'NATS does not let the feeder hear beats'),
      )
      const stopped = new Promise<void>((resolve) => {
        ending.signal.addEventListener('abort', () => resolve(), { once: true })
        if (ending.signal.aborted) resolve()
      })
      await Promise.race([bus.ended, stopped])
    } finally {
      quietSince = Number.POSITIVE_INFINITY
      await bus.close()
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await listen().catch((error: unknown) => {
        logger.debug({ reason: asError(error).message }, 'nobody can be heard on NATS')
      })
      await sleep(RETRY_MS, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    stuck: () => clock.now() - quietSince > STUCK_MS,
    async stop() {
      ending.abort()
      await running
    },
  }
}
