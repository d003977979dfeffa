import { newKey } from '../api/newKey.ts'

/** The key of what a form sends: the same for the same until there is an answer, so that a lost one makes no second report. */
export function createAttempt() {
  let last: { readonly text: string; readonly key: string; moment?: string } | undefined
  return {
    keyOf(body: unknown): string {
      const text = JSON.stringify(body)
      if (last?.text !== text) last = { text, key: newKey() }
      return last.key
    },
    /** The moment that goes with a key: the same for as long as the key is, since the hub takes one body of one key. */
    of(key: string, now: () => string): string {
      if (last?.key !== key) return now()
      last.moment ??= now()
      return last.moment
    },
    answered(): void {
      last = undefined
    },
  }
}
