import { sleep } from 'k6'
import exec from 'k6/execution'
import { Crowd } from 'k6/x/live'
import { carrierOf, kindOf, opensAt, PROVED, SOURCES, scopesOf } from '../surge/audience.ts'
import { LAST_QUESTION_SECONDS } from '../surge/profiles.ts'
import { COOKIES, GRACE_SECONDS, HUB, profile, type Run, VERSION, VIEWER_VUS } from './settings.ts'
import { Tally } from './tally.ts'

/** In which no write of the hub wakes k6: what comes meanwhile is taken together. It is in the latency. */
const NAP_MS = 2

const cookieOf = (index: number): string => COOKIES[index % Math.max(1, COOKIES.length)] ?? ''

/**
 * The screens of this virtual user, held by loadtest/xk6-live: each follows its scopes, folds every delta and compares the
 * checksum. With the first come those of PROVED, so that every kind of scope is folded.
 */
function gather({ beganAt }: Run): Crowd {
  const vu = exec.scenario.iterationInTest
  const signedIn = COOKIES.length > 0
  const crowd = new Crowd({ hub: HUB, version: VERSION, sources: SOURCES, napMs: NAP_MS })
  const all = profile.ramp.at(-1)?.[1] ?? 0
  for (let i = vu; i < all; i += VIEWER_VUS) {
    const second = opensAt(i, profile.ramp)
    if (second === undefined) continue
    const cookie = kindOf(i) === 'public' ? '' : cookieOf(i)
    crowd.add(beganAt + second * 1000, scopesOf(i, signedIn), carrierOf(i), cookie)
  }
  if (vu > 0) return crowd
  for (const [i, { scopes, carrier }] of PROVED.entries()) {
    const may = scopes.filter((scope) => signedIn || scope.startsWith('public:') || scope === 'nation')
    if (may.length > 0) crowd.add(beganAt, may, carrier, cookieOf(i))
  }
  return crowd
}

/** What happens at a second of the run; a line of figures every second. */
function play({ beganAt }: Run, crowd: Crowd, acts: readonly (readonly [second: number, act: () => void])[]): void {
  const tally = new Tally()
  const each = Array.from(
    { length: profile.seconds },
    (_, i) => [i + 1, () => tally.heard(crowd.take(), beganAt)] as const,
  )
  for (const [second, act] of [...acts, ...each].sort(([a], [b]) => a - b)) {
    sleep(Math.max(0, beganAt / 1000 + second - Date.now() / 1000))
    act()
  }
  tally.left(crowd.take(), beganAt)
  crowd.close()
}

/** All stay to the end. @param storms seconds at which all are cut in the same moment */
export function watch(run: Run, storms: readonly number[]): void {
  const crowd = gather(run)
  play(run, crowd, [
    ...storms.map((second) => [second, () => crowd.cut()] as const),
    [profile.seconds - LAST_QUESTION_SECONDS, () => crowd.finish()],
  ])
}

/** @param watching the name of the script's function */
export const audience = (watching: string) => ({
  [watching]: {
    executor: 'per-vu-iterations',
    exec: watching,
    vus: VIEWER_VUS,
    iterations: 1,
    maxDuration: `${profile.seconds + GRACE_SECONDS}s`,
  },
})
