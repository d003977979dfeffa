import { audience, watch } from './audience.ts'
import { type Run, setup } from './settings.ts'
import { thresholds } from './tally.ts'

/** Walls, governors, boards and the public in the proportions of docs/DOMAIN.md; nobody leaves. */
export { setup }
export const options = { scenarios: audience('viewers'), thresholds }

export function viewers(run: Run): void {
  watch(run, [])
}
