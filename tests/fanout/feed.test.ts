import { expect, it } from 'vitest'
import { type ConnectionState, startState } from '../../dashboard/src/live/connection.ts'
import { feedTransport } from '../../dashboard/src/live/feed.ts'
import { freshness } from '../../dashboard/src/live/freshness.ts'
import { createInbox, overdue, receive, subscribeAll, wrongSince } from '../../dashboard/src/live/inbox.ts'
import { createLink } from '../../dashboard/src/live/link.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { Feed } from '../../hub/feed/index.ts'
import type { Tuple } from '../../hub/situation/change.ts'
import { Situation } from '../../hub/situation/index.ts'

const DAY = '2021-11-11'
const T0 = 1_636_600_020_000
const SCOPES = ['nation', 'public:50'] satisfies Scope[]
/** The seconds in which the cache lies. */
const LIE = { from: 20, to: 40 } as const
const END = 75
/** What is on a page that says live is no older: LAG_MS_MAX, and the tenth of a second that a mark is late. */
const LATE_MS_MAX = 5_200

/** The honest answer to an address, and what the cache has given for it before. */
type Lie = (asked: {
  path: string
  honest: string | null
  former: ReadonlyMap<string, string>
  at: number
}) => string | null

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

function caseRow(id: number, district: string): Tuple {
  const fixed = {
    report_day: DAY,
    classification: 'confirmed',
    stage: 'waiting',
    care_place: 'waiting',
    severity: 'red',
  }
  return { id: String(id), district, ...fixed, outcome: 'none', outcome_day: 'infinity', waiting: 't' }
}

function draws(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >> 8) / 2 ** 23
  }
}

/** One page behind one cache, from T0 to END s; the hub commits about twice a second until 10 s before the end. */
async function watchThrough(lie: Lie, liesPast: boolean) {
  const clock = new Clock()
  const random = draws(7)
  const situation = new Situation()
  const feed = new Feed({
    shown: situation,
    loop: { now: () => clock.now, after: clock.after },
    beatMs: 1000,
    build: () => 'b',
    health: () => ({ live: true, lagMs: 0 }),
  })
  const operation = { id: '1', day: DAY, kind: 'drill', title_th: '', title_en: '' }
  situation.reset({ epoch: 'e', position: 100, at: T0, groups: [], rows: [{ table: 'operation', row: operation }] })
  /** by scope: when each checksum came to be, so that a page that says live can be held to it */
  const truth = SCOPES.map(() => [] as { at: number; sum: number }[])
  const note = () => {
    for (const [i, scope] of SCOPES.entries()) truth[i]!.push({ at: clock.now, sum: situation.since(scope, 0).sum })
  }
  note()
  let id = 0
  const commit = () => {
    if (clock.now > T0 + (END - 10) * 1000) return
    id++
    const tx = { position: 100 + id, at: clock.now, changes: [] as never[] }
    const row = caseRow(id, random() < 0.6 ? '5001' : '1001')
    const full = { ...tx, changes: [{ kind: 'insert' as const, table: 'cases', row }] }
    feed.before(full)
    situation.apply(full)
    note()
    clock.after(200 + random() * 600, commit)
  }
  clock.after(300, commit)

  const former = new Map<string, string>()
  const honestAnswer = (path: string): string | null => {
    const [, , scope = '', epoch, part] = path.split('?')[0]!.split('/')
    const found = epoch === undefined ? feed.index(scope) : feed.part(scope, epoch, part ?? '')
    return found === undefined ? null : JSON.stringify(found)
  }
  const get = async (path: string): Promise<string | null> => {
    const honest = honestAnswer(path)
    const lies = clock.now >= T0 + LIE.from * 1000 && clock.now < T0 + LIE.to * 1000
    if (lies && (liesPast || !path.includes('?'))) return lie({ path, honest, former, at: clock.now })
    if (honest !== null) former.set(path.split('?')[0]!, honest)
    return honest
  }

  const inbox = createInbox(SCOPES)
  let connection: ConnectionState = startState(null)
  const world = { now: () => clock.now, random, after: clock.after }
  const link = createLink({
    transport: feedTransport({ scopes: SCOPES, world, get }),
    world,
    reloadedAt: null,
    onMessage: (message) => receive(inbox, message, clock.now),
    subscriptions: () => subscribeAll(inbox, clock.now),
    onState: (next) => {
      connection = next
    },
    reload: () => expect.unreachable('the page was reloaded'),
  })
  clock.after(1000, function check() {
    if (connection.kind === 'open') link.send(overdue(inbox, clock.now))
    clock.after(1000, check)
  })
  link.start()

  const boxes = SCOPES.map((scope) => inbox.boxes.get(scope)!)
  const isLoaded = () => boxes.every(({ state }) => state.position > 0)
  const kind = () =>
    freshness(
      {
        connection,
        beat: inbox.beat,
        vouchedAt: inbox.vouchedAt,
        denied: null,
        wrongSince: wrongSince(inbox),
      } as never,
      isLoaded(),
      clock.now,
    ).kind
  const seconds: string[] = []
  for (let ms = 250; ms <= END * 1000; ms += 250) {
    await clock.run(T0 + ms)
    const shown = kind()
    if (ms % 1000 === 0) seconds.push(shown)
    for (const [i, { state }] of boxes.entries()) {
      if (state.position === 0) continue
      const told = truth[i]!.findLastIndex(({ sum }) => sum === state.sum)
      expect(told, `${SCOPES[i]} at ${ms} ms shows what never was`).toBeGreaterThanOrEqual(0)
      if (shown !== 'live') continue
      const next = truth[i]![told + 1]
      if (next) expect(clock.now - next.at, `${SCOPES[i]} at ${ms} ms says live and is late`).toBeLessThan(LATE_MS_MAX)
    }
  }
  link.stop()
  return {
    before: seconds.slice(5, LIE.from),
    during: seconds.slice(LIE.from, LIE.to),
    after: seconds.slice(-10),
    mismatches: inbox.mismatches,
    level: boxes.map(({ state }, i) => state.sum === truth[i]!.at(-1)!.sum),
  }
}

const isIndex = (path: string) => path.split('?')[0]!.split('/').length === 3
const onLegs =
  (change: (honest: string, former: string) => string): Lie =>
  ({ path, honest, former }) =>
    isIndex(path) || honest === null ? honest : change(honest, [...former.values()].at(-1)!)

const LIES: Readonly<Record<string, Lie>> = {
  'an index that stands still': ({ path, honest, former }) =>
    isIndex(path) ? (former.get(path.split('?')[0]!) ?? null) : honest,
  'an old step for a new one': onLegs((_, former) => former),
  'a step of another scope': onLegs((honest) =>
    honest.replace(/"s":"([^"]*)"/, (_, scope: string) => `"s":"${scope === 'nation' ? 'public:50' : 'nation'}"`),
  ),
  'a number that is not the hub’s': onLegs((honest) => honest.replace(/(\["cases.total","\w+",)(\d+)/, '$1999$2')),
  'half of a body': onLegs((honest) => honest.slice(0, honest.length / 2)),
  'a page of HTML': () => '<!doctype html><title>Sign in to this network</title>',
  'an index of an epoch that is over': ({ path, honest, at }) =>
    isIndex(path) && honest !== null && Math.floor(at / 1000) % 2 === 0
      ? honest.replaceAll('"e":"e"', '"e":"d"').replace(/"now":\d+/g, `"now":${T0 - 60_000}`)
      : honest,
  nothing: () => null,
}

it.each(Object.entries(LIES))('[G5] a cache with %s is found, and passed by where that is possible', async (_, lie) => {
  const everywhere = await watchThrough(lie, true)
  expect(everywhere.before).toEqual(everywhere.before.map(() => 'live'))
  expect(everywhere.during.some((kind) => kind !== 'live')).toBe(true)
  expect(everywhere.after).toEqual(everywhere.after.map(() => 'live'))
  expect(everywhere.level).toEqual([true, true])
  const here = await watchThrough(lie, false)
  expect(here.after).toEqual(here.after.map(() => 'live'))
  expect(here.level).toEqual([true, true])
})
