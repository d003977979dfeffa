import type { Profile } from '../surge/profiles.ts'
import { profileOf } from '../surge/profiles.ts'

/** What `loadtest/run.sh` says by -e; by hand: `k6 run -e HUB=http://127.0.0.1:8080 loadtest/k6/viewers.ts`. */
declare const __ENV: Readonly<Record<string, string | undefined>>

export const HUB = __ENV.HUB ?? 'http://127.0.0.1:8080'
export const LIVE = `${HUB.replace(/^http/, 'ws')}/live?v=1`
/** the session of a drill account; without it boards hold their province alone */
export const COOKIE = __ENV.COOKIE
/** virtual users; each holds many sockets */
export const VIEWER_VUS = Number(__ENV.VIEWER_VUS ?? 8)
export const profile: Profile = profileOf(__ENV.PROFILE ?? 'short', __ENV.SOCKETS ? Number(__ENV.SOCKETS) : undefined)

export function setup(): { readonly beganAt: number } {
  return { beganAt: Date.now() }
}
