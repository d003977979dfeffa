import { sleep } from 'k6'
import exec from 'k6/execution'
import { type Desk as Account, districtOf, pause, WRITE_KINDS, type WriteKind } from '../surge/writes.ts'
import { Desk } from './desk.ts'
import { DESKS, GRACE_SECONDS, profile, type Run, setup } from './settings.ts'
import { Tally, thresholds } from './tally.ts'
import { toClaim, toCountBeds, toGiveDoses } from './work.ts'

/**
 * Everybody who writes, through the API as the dashboard does, in the proportions of surge/writes.ts: people who ask for
 * help, without an account, and responders, hospitals and vaccination sites, each signed in once. Cases by the thousand
 * come from loadtest/writer.ts.
 */
export { setup }

/** The last writes come home before the viewers leave. */
const ENDS_BEFORE_SECONDS = 6
/** A password check takes 0.1 s of a core. */
const SIGN_IN_EVERY_MS = 400

const NEEDS = ['bed', 'oxygen', 'medicine', 'food', 'transport', 'test'] as const
const SPO2 = [99, 97, 95, 91] as const

const writes = (kind: WriteKind): boolean => profile.writers[kind] > 0 && (kind === 'help' || DESKS !== undefined)

export const asking = Object.fromEntries(
  WRITE_KINDS.filter(writes).map((kind) => [
    kind,
    {
      executor: 'per-vu-iterations',
      exec: 'writers',
      vus: profile.writers[kind],
      iterations: 1,
      maxDuration: `${profile.seconds + GRACE_SECONDS}s`,
    },
  ]),
)

export const options = { scenarios: asking, thresholds }

function toAsk(desk: Desk, index: number, version: string): () => void {
  let asked = index
  return () => {
    asked += 1
    desk.write('/api/help', {
      language: 'en',
      consent: { given: true, version },
      needs: [NEEDS[asked % NEEDS.length]],
      spo2: SPO2[asked % SPO2.length],
      place: { area: districtOf(asked, profile.writers.claims) },
    })
  }
}

/** @returns what this virtual user does at each of its turns; `undefined`: it was not let in */
function workOf(kind: WriteKind, desk: Desk, index: number): (() => void) | undefined {
  if (kind === 'help') {
    const consent = desk.get<{ readonly version: string }>('/api/help/consent?language=en')
    return consent && toAsk(desk, index, consent.version)
  }
  const account: Account | undefined = DESKS?.[kind][index]
  if (DESKS === undefined || account === undefined) throw new Error(`DESKS has no account ${index} of ${kind}`)
  const turn = index * (WRITE_KINDS.length - 1) + WRITE_KINDS.indexOf(kind) - 1
  sleep((turn * SIGN_IN_EVERY_MS) / 1000)
  if (!desk.signIn(account.login, DESKS.password)) return undefined
  if (kind === 'claims') return toClaim(desk, account)
  return kind === 'beds' ? toCountBeds(desk, account) : toGiveDoses(desk, account)
}

export function writers({ beganAt }: Run): void {
  const kind = exec.scenario.name as WriteKind
  const index = exec.scenario.iterationInTest
  const tally = new Tally()
  const second = (): number => (Date.now() - beganAt) / 1000
  const every = (): number => pause(kind, profile.writers, profile.writes, second())
  const work = workOf(kind, new Desk(tally), index)
  // Writers of a kind take turns.
  let due = second() + (every() * index) / profile.writers[kind]
  while (work !== undefined && due < profile.seconds - ENDS_BEFORE_SECONDS) {
    sleep(Math.max(0, due - second()))
    work()
    tally.say(0)
    // Who is late does not catch up in a burst.
    due = Math.max(due + every(), second())
  }
  tally.say(0)
}
