import { sleep } from 'k6'
import exec from 'k6/execution'
import ws from 'k6/ws'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import type { Delta } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { FILLING_PROVINCES, provinceScope } from '../surge/audience.ts'
import { DRAIN_SECONDS, FILL_SECONDS, type Span } from '../surge/profiles.ts'
import { audience } from './audience.ts'
import { Follower } from './follower.ts'
import { COOKIES, GRACE_SECONDS, LIVE, profile, type Run, setup } from './settings.ts'
import { Tally, thresholds } from './tally.ts'
import { viewers } from './viewers.ts'

/**
 * Readers that stop reading and read on later. k6's event-loop sockets read ahead without bound, so these are the older
 * `k6/ws`: whose handler sleeps, whose socket is not read. While they read they are walls and boards like the others.
 */
export { setup, viewers }

/** a scope that changes with every commit, and one small enough to be folded at the end */
const PROVED = COOKIES.length === 0 ? 'public:50' : 'province:50'
const SCOPES = ['nation', PROVED] as const
/** Readers that prove what they hold once they have caught up; folding keeps k6 from reading. */
const PROVING = 2
/**
 * Whole scopes that a reader asks for when it stops, at once and a second: just below what the hub lets a client say. The
 * kernel takes some 4 MB for each socket before the hub notices, which deltas alone would fill in minutes. They are asked for in
 * turns: a scope that is asked for again before its answer is answered once, so that on a busy machine, where answers
 * wait, the same question a hundred times would bring a few of them, and the buffers would not fill.
 */
const QUESTIONS_AT_ONCE = 50
const QUESTIONS_A_SECOND = 9
const FILLING = ['nation', ...FILLING_PROVINCES.map((code) => provinceScope(code, COOKIES.length > 0))]
/** ms: who reads on is level when what it shows is no older */
const LEVEL_MS = 1000
const SAY_EVERY_MS = 1000
const LEAVES_BEFORE_SECONDS = 1

export const stalling =
  profile.stalled.sockets === 0
    ? {}
    : {
        stalled: {
          executor: 'per-vu-iterations',
          exec: 'stalled',
          vus: profile.stalled.sockets,
          iterations: 1,
          maxDuration: `${profile.seconds + GRACE_SECONDS}s`,
        },
      }

export const options = { scenarios: { ...audience('viewers'), ...stalling }, thresholds }

type Socket = {
  on(event: 'open' | 'error' | 'close', handler: () => void): void
  on(event: 'message', handler: (text: string) => void): void
  setTimeout(handler: () => void, ms: number): void
  setInterval(handler: () => void, ms: number): void
  send(text: string): void
  close(): void
}

/** What came since the last whole scope, to be folded later. */
class Kept {
  #texts: string[] = []

  take(whole: boolean, text: string): void {
    if (whole) this.#texts = []
    this.#texts.push(text)
  }

  prove(tally: Tally): void {
    const state = emptyScope(PROVED as Scope)
    for (const text of this.#texts) {
      tally.count('folded')
      if (applyDelta(state, JSON.parse(text) as Delta).outcome === 'wrong') {
        tally.mismatch()
        return
      }
    }
  }
}

/** Takes FILL_SECONDS, and reads nothing meanwhile. */
function fill(socket: Socket): void {
  let asked = 0
  const ask = (count: number): void => {
    for (let i = 0; i < count; i++) {
      socket.send(JSON.stringify({ t: 'sub', s: FILLING[asked++ % FILLING.length], at: 0 }))
    }
  }
  ask(QUESTIONS_AT_ONCE)
  for (let second = 0; second < FILL_SECONDS; second++) {
    sleep(1)
    ask(QUESTIONS_A_SECOND)
  }
}

/**
 * One socket: reads, stalls, reads on. The next turn takes a new one, for the kernel gives a socket that was read in
 * haste a larger buffer, up to 32 MB.
 */
function turn({ beganAt }: Run, tally: Tally, [from, to]: Span, leavesAt: number, proves: boolean): void {
  let leaving = false
  let readsOn = 0
  ws.connect(LIVE, COOKIES.length === 0 ? {} : { headers: { Cookie: COOKIES[0] } }, (socket: Socket) => {
    const follower = new Follower(SCOPES, tally, (text) => socket.send(text))
    const kept = new Kept()
    follower.onDelta = (scope, whole, text) => {
      if (proves && scope === PROVED) kept.take(whole, text)
      if (readsOn === 0 || scope !== SCOPES[0] || Date.now() - follower.committedAt(scope) > LEVEL_MS) return
      tally.most('caughtUpMs', Date.now() - readsOn)
      tally.count('caughtUp')
      readsOn = 0
    }
    const at = (second: number, act: () => void): void =>
      socket.setTimeout(act, Math.max(1, beganAt + second * 1000 - Date.now()))
    socket.on('message', (text) => follower.hear(text))
    socket.on('close', () => {
      if (!leaving) tally.count('lostSockets')
    })
    socket.on('open', () => {
      follower.askAll()
      socket.setInterval(() => tally.say(0), SAY_EVERY_MS)
      at(from, () => {
        tally.count('stalls')
        fill(socket)
        sleep(to - from - FILL_SECONDS)
        readsOn = Date.now()
      })
      at(leavesAt, () => {
        leaving = true
        if (proves) kept.prove(tally)
        socket.close()
      })
    })
  })
  tally.say(0)
}

export function stalled(run: Run): void {
  const tally = new Tally()
  const proves = exec.scenario.iterationInTest < PROVING
  for (const [i, span] of profile.stalled.spans.entries()) {
    const last = i === profile.stalled.spans.length - 1
    const ends = last ? profile.seconds : span[1] + DRAIN_SECONDS
    turn(run, tally, span, ends - LEAVES_BEFORE_SECONDS, proves)
  }
}
