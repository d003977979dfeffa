import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import type { Profile } from '../surge/profiles.ts'
import { profileOf } from '../surge/profiles.ts'
import type { Desks } from '../surge/writes.ts'

/** What `loadtest/run.sh` says by -e; by hand: `k6 run -e HUB=http://127.0.0.1:8080 loadtest/k6/viewers.ts`. */
declare const __ENV: Readonly<Record<string, string | undefined>>

export const HUB = __ENV.HUB ?? 'http://127.0.0.1:8080'
export const VERSION = PROTOCOL_VERSION
export const LIVE = `${HUB.replace(/^http/, 'ws')}/live?v=${VERSION}`
/** sessions of accounts that may see a board, one for a thousand viewers; without any, boards hold their province alone */
export const COOKIES: readonly string[] = __ENV.COOKIES ? (JSON.parse(__ENV.COOKIES) as string[]) : []
/** accounts of those who write, as surge/desks.ts makes them; without it only people without an account write */
export const DESKS = __ENV.DESKS ? (JSON.parse(__ENV.DESKS) as Desks) : undefined
/** virtual users, each a thread that holds thousands of sockets */
export const VIEWER_VUS = Number(__ENV.VIEWER_VUS ?? 1)
export const profile: Profile = profileOf(__ENV.PROFILE ?? 'short', __ENV.SOCKETS ? Number(__ENV.SOCKETS) : undefined)

/** A scenario that does not end by itself is ended so long after the profile. */
export const GRACE_SECONDS = 20

export type Run = { readonly beganAt: number }

export function setup(): Run {
  return { beganAt: Date.now() }
}
