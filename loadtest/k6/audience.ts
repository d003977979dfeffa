import exec from 'k6/execution'
import { type CarrierName, carrierOf, opensAt, PROVED, scopesOf } from '../surge/audience.ts'
import { LAST_QUESTION_SECONDS } from '../surge/profiles.ts'
import { Client } from './client.ts'
import { COOKIE, GRACE_SECONDS, profile, type Run, VIEWER_VUS } from './settings.ts'
import { Tally } from './tally.ts'

const SAY_EVERY_MS = 1000

type Planned = {
  readonly second: number
  readonly scopes: readonly string[]
  readonly folds: boolean
  readonly carrier: CarrierName
}

/** Sockets of one virtual user, each opened at its second, all closed with the last second of the profile. */
function hold({ beganAt }: Run, planned: readonly Planned[], storms: readonly number[]): void {
  const tally = new Tally()
  const clients: Client[] = []
  const at = (second: number, act: () => void): void => {
    setTimeout(act, Math.max(0, beganAt + second * 1000 - Date.now()))
  }
  for (const { second, scopes, folds, carrier } of planned) {
    at(second, () => {
      const client = new Client(scopes, folds, carrier, tally)
      clients.push(client)
      client.connect()
    })
  }
  const open = (): number => clients.filter((client) => client.open).length
  const saying = setInterval(() => {
    for (const client of clients) client.sweep()
    tally.say(open())
  }, SAY_EVERY_MS)
  for (const storm of storms) {
    at(storm, () => {
      for (const client of clients) client.cut()
    })
  }
  at(profile.seconds - LAST_QUESTION_SECONDS, () => {
    for (const client of clients) client.finish()
  })
  at(profile.seconds, () => {
    clearInterval(saying)
    tally.count('away', clients.length - open())
    tally.behindAtEnd(clients.reduce((sum, client) => sum + client.behind, 0))
    tally.say(open())
    for (const client of clients) client.leave()
  })
}

/** The viewers of this virtual user. They follow positions and times; parsing all would make k6 the bottleneck. */
export function watch(run: Run, storms: readonly number[]): void {
  const vu = exec.scenario.iterationInTest % VIEWER_VUS
  const all = profile.ramp.at(-1)?.[1] ?? 0
  const planned: Planned[] = []
  for (let i = vu; i < all; i += VIEWER_VUS) {
    const second = opensAt(i, profile.ramp)
    if (second !== undefined)
      planned.push({ second, scopes: scopesOf(i, COOKIE !== undefined), folds: false, carrier: carrierOf(i) })
  }
  hold(run, planned, storms)
}

/** Clients that fold every delta and prove its checksum, in virtual users of their own: folding delays nobody's clock. */
export function proveScopes(run: Run, storms: readonly number[]): void {
  const { scopes, carrier } = PROVED[exec.scenario.iterationInTest % PROVED.length]!
  const allowed =
    COOKIE === undefined
      ? scopes.filter((scope) => !scope.startsWith('board:')).map((scope) => scope.replace('province:', 'public:'))
      : scopes
  hold(run, [{ second: 0, scopes: allowed, folds: true, carrier }], storms)
}

const staying = (exec: string, vus: number) => ({
  executor: 'per-vu-iterations',
  exec,
  vus,
  iterations: 1,
  maxDuration: `${profile.seconds + GRACE_SECONDS}s`,
})

/** @param watching, proving the names of the script's functions */
export const audience = (watching: string, proving: string) => ({
  [watching]: staying(watching, VIEWER_VUS),
  [proving]: staying(proving, PROVED.length),
})
