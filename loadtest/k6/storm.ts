import { audience, watch } from './audience.ts'
import { profile, type Run, setup } from './settings.ts'
import { thresholds } from './tally.ts'

/** All lose their socket in the same moment, come back at once and resume from the positions they hold. */
export { setup }
export const options = { scenarios: audience('storm'), thresholds }

export function storm(run: Run): void {
  watch(run, profile.storms)
}
