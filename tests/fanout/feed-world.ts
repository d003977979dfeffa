import { type ConnectionState, startState } from '../../dashboard/src/live/connection.ts'
import { feedTransport } from '../../dashboard/src/live/feed.ts'
import { type Freshness, freshness } from '../../dashboard/src/live/freshness.ts'
import { createInbox, deniedCode, overdue, receive, subscribeAll, wrongSince } from '../../dashboard/src/live/inbox.ts'
import { createLink } from '../../dashboard/src/live/link.ts'
import { noOffset, offsetMs } from '../../dashboard/src/live/offset.ts'
import type { LinkStatus } from '../../dashboard/src/live/store.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { Feed } from '../../hub/feed/index.ts'
import type { Tuple } from '../../hub/situation/change.ts'
import { Situation } from '../../hub/situation/index.ts'

const DAY = '2021-11-11'
/** The beginning of a minute, ms since 1970. */
export const T0 = 1_636_600_020_000
export const SCOPES = ['nation', 'public:50'] satisfies Scope[]

/** Time, and what is due in it; promises settle between two tasks. */
class Clock {
  now = T0
  #tasks: { at: number; task: () => void }[] = []

  readonly after = (ms: number, task: () => void) => {
    const entry = { at: this.now + ms, task }
    this.#tasks.push(entry)
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry)
    }
  }

  async run(to: number): Promise<void> {
    for (;;) {
      const next = this.#tasks.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#tasks = this.#tasks.filter((other) => other !== next)
      this.now = Math.max(this.now, next.at)
      next.task()
      await new Promise(setImmediate)
    }
    this.now = to
  }
}

export function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >> 8) / 2 ** 23
  }
}

function caseRow(id: number, district: string): Tuple {
  const fixed = { report_day: DAY, classification: 'confirmed', stage: 'waiting', care_place: 'waiting' }
  return { id: String(id), district, severity: 'red', ...fixed, outcome: 'none', outcome_day: 'infinity', waiting: 't' }
}

/** What a cache is asked for, and what it has: the honest answer, and all that were given before, the newest last. */
export type Asked = {
  readonly path: string
  readonly honest: string | null
  readonly former: readonly { readonly path: string; readonly text: string; readonly at: number }[]
  readonly now: number
}
/** @returns a body, or `null` for an answer that is no 200 */
export type Cache = (asked: Asked) => string | null

/** A hub that commits about twice a second until it is told to rest, and the numbers that it has ever shown. */
export class FeedWorld {
  readonly clock = new Clock()
  readonly random: () => number
  readonly #situation = new Situation()
  readonly #feed: Feed
  #commits = 0
  #resting = false
  /** by scope: when each checksum came to be, so that a page can be held to it */
  readonly #truth = new Map<Scope, { at: number; sum: number }[]>(SCOPES.map((scope) => [scope, []]))
  readonly #former: { path: string; text: string; at: number }[] = []
  cache: Cache = ({ honest }) => honest

  constructor(seed: number) {
    this.random = draws(seed)
    this.#feed = new Feed({
      shown: this.#situation,
      loop: { now: () => this.clock.now, after: this.clock.after },
      beatMs: 1000,
      build: () => 'b',
      health: () => ({ live: true, lagMs: 0 }),
    })
    const operation = { id: '1', day: DAY, kind: 'drill', title_th: '', title_en: '' }
    this.#situation.reset({
      ...{ epoch: 'e', position: 100, at: T0, groups: [], rows: [{ table: 'operation', row: operation }] },
    })
    this.#note()
    this.clock.after(300, () => this.#commit())
  }

  rest(): void {
    this.#resting = true
  }

  #note(): void {
    for (const scope of SCOPES) {
      this.#truth.get(scope)?.push({ at: this.clock.now, sum: this.#situation.since(scope, 0).sum })
    }
  }

  #commit(): void {
    if (this.#resting) return
    this.#commits++
    const row = caseRow(this.#commits, this.random() < 0.6 ? '5001' : '1001')
    const change = { kind: 'insert', table: 'cases', row } as const
    const tx = { position: 100 + this.#commits, at: this.clock.now, changes: [change] }
    this.#feed.before(tx)
    this.#situation.apply(tx)
    this.#note()
    this.clock.after(200 + this.random() * 600, () => this.#commit())
  }

  /** @returns since when what has this checksum is no longer what was committed, 0 while it is; `null`: it never was */
  outdatedAt(scope: Scope, sum: number): number | null {
    const truth = this.#truth.get(scope) ?? []
    const i = truth.findLastIndex((each) => each.sum === sum)
    return i === -1 ? null : (truth[i + 1]?.at ?? 0)
  }

  readonly get = async (asked: string): Promise<string | null> => {
    const [path = '', query = ''] = asked.split('?')
    const [, , scope = '', epoch, part] = path.split('/')
    const echo = /^echo=(.+)$/.exec(query)?.[1]
    const found = epoch === undefined ? this.#feed.index(scope, echo) : this.#feed.part(scope, epoch, part ?? '')
    const honest = found === undefined ? null : JSON.stringify(found)
    const answer = this.cache({ path: asked, honest, former: this.#former, now: this.clock.now })
    if (honest !== null) this.#former.push({ path, text: honest, at: this.clock.now })
    return answer
  }
}

/** A page of a visitor, as session.ts makes one, without what paints it. @param shiftMs how fast its clock is */
export function openPage(world: FeedWorld, shiftMs = 0) {
  const inbox = createInbox(SCOPES)
  let connection: ConnectionState = startState(null)
  const now = () => world.clock.now + shiftMs
  const pageWorld = { now, random: world.random, after: world.clock.after }
  const link = createLink({
    transport: feedTransport({ scopes: SCOPES, world: pageWorld, get: world.get }),
    world: pageWorld,
    reloadedAt: null,
    onMessage: (message) => receive(inbox, message, now()),
    subscriptions: () => subscribeAll(inbox, now()),
    onState: (next) => {
      connection = next
    },
    reload: () => {
      throw new Error('the page was reloaded')
    },
  })
  world.clock.after(1000, function check() {
    if (connection.kind === 'open') link.send(overdue(inbox, now()))
    world.clock.after(1000, check)
  })
  link.start()
  return {
    shown: () => [...inbox.boxes.values()].map(({ state }) => state),
    mismatches: () => inbox.mismatches,
    freshness(): Freshness {
      const loaded = [...inbox.boxes.values()].every(({ state }) => state.position > 0)
      const { hello, beat, vouchedAt, verified, mismatches, wasWrong } = inbox
      const status: LinkStatus = {
        ...{
          connection,
          carrier: 'feed' as const,
          hello,
          beat,
          vouchedAt,
          verified,
          mismatches,
          wasWrong,
          latency: null,
        },
        ...{ wrongSince: wrongSince(inbox), denied: deniedCode(inbox), offsetMs: offsetMs(noOffset) },
      }
      return freshness(status, loaded, now())
    },
  }
}

export type FeedPage = ReturnType<typeof openPage>
