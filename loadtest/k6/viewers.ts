import { audience, proveScopes, watch } from './audience.ts'
import { setup } from './settings.ts'
import { thresholds } from './tally.ts'

/** Walls, governors, boards and the public in the proportions of DOMAIN.md; nobody leaves. */
export { setup }
export const options = { scenarios: audience('viewers', 'provers'), thresholds }

export function viewers(run: { readonly beganAt: number }): void {
  watch(run, [])
}

export function provers(run: { readonly beganAt: number }): void {
  proveScopes(run, [])
}
