import { newKey } from '../api/newKey.ts'

/** The key of what a form sends: the same for the same until there is an answer, so that a lost one makes no second report. */
export function createAttempt() {
  let last: { readonly text: string; readonly key: string } | undefined
  return {
    keyOf(body: unknown): string {
      const text = JSON.stringify(body)
      if (last?.text !== text) last = { text, key: newKey() }
      return last.key
    },
    answered(): void {
      last = undefined
    },
  }
}
