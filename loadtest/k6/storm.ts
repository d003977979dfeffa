import { audience, proveScopes, watch } from './audience.ts'
import { profile, setup } from './settings.ts'
import { thresholds } from './tally.ts'

/** All lose their socket in the same moment, come back at once and resume from the positions they hold. */
export { setup }
export const options = { scenarios: audience('storm', 'stormProvers'), thresholds }

export function storm(run: { readonly beganAt: number }): void {
  watch(run, profile.storms)
}

export function stormProvers(run: { readonly beganAt: number }): void {
  proveScopes(run, profile.storms)
}
