import { createGate, type Gate } from '../../runtime/limits.ts'

/** Failures of a login within 15 minutes, from all addresses, before strangers to it wait in line. */
export const STRANGERS_FREE_MAX = 20
/** Then they are let through one by one, so far apart: 1,800 guesses an hour whoever has how many addresses. */
export const STRANGERS_PACE_MS = 2_000
/** Strangers who wait for one login at once: whoever is last waits 30 s. */
export const STRANGERS_WAITING_MAX = 14

export type StrangersLine = {
  /** @returns whether the attempt may go on, after its turn came; `false`: the line is too long. */
  wait(login: string, failures: number): Promise<boolean>
}

/** A line for each login that is being guessed at: slows guessing down without ever shutting the owner out. */
export function createStrangersLine(sleep: (ms: number) => Promise<unknown>): StrangersLine {
  const lines = new Map<string, { readonly gate: Gate; inside: number }>()
  return {
    async wait(login, failures) {
      if (failures <= STRANGERS_FREE_MAX) return true
      const line = lines.get(login) ?? { gate: createGate(1, STRANGERS_WAITING_MAX), inside: 0 }
      lines.set(login, line)
      line.inside++
      try {
        return (await line.gate.run(() => sleep(STRANGERS_PACE_MS))) !== undefined
      } finally {
        line.inside--
        if (line.inside === 0) lines.delete(login)
      }
    },
  }
}
