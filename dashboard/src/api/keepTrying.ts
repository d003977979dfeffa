import { chance } from '../clock.ts'
import { ApiError } from './http.ts'

const FIRST_DELAY_MS = 1_000
const DELAY_MAX_MS = 30_000

/** What `keepTrying` needs of the world. */
export type Patience = {
  wait(ms: number): Promise<void>
  random(): number
  /** that a try failed and another will follow: whoever waits is told why */
  failed?(error: unknown): void
}

const patient: Patience = {
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: chance,
}

/** There is no such thing, whoever asks and however often. */
const isFinal = (error: unknown): boolean => error instanceof ApiError && error.status === 404

/**
 * Ask until there is an answer: nobody stands beside a wall to press a button. The delay doubles, with jitter.
 * @throws ApiError 404, which is one
 */
export async function keepTrying<T>(ask: () => Promise<T>, given: Partial<Patience> = {}): Promise<T> {
  const patience: Patience = { ...patient, ...given }
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(DELAY_MAX_MS, delay * 2)) {
    try {
      return await ask()
    } catch (error) {
      if (isFinal(error)) throw error
      patience.failed?.(error)
      await patience.wait(delay * (0.5 + patience.random() / 2))
    }
  }
}
