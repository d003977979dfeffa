import { audience } from './audience.ts'
import { setup } from './settings.ts'
import { stalled, stalling } from './slow.ts'
import { storm } from './storm.ts'
import { thresholds } from './tally.ts'
import { asking, writers } from './writers.ts'

/** The surge of docs/DOMAIN.md: viewers come, people ask for help, readers stall, and at the end everyone is cut at once. */
export { setup, stalled, storm, writers }
export const options = {
  scenarios: { ...audience('storm'), ...stalling, ...asking },
  thresholds,
}
