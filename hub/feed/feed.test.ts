import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, emptyScope } from '../contract/live/apply.ts'
import { type Leg, wayFrom } from '../contract/live/feed.ts'
import type { FeedIndex } from '../contract/live/feed-messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import type { Change, Snapshot, Transaction, Tuple } from '../situation/change.ts'
import { Situation } from '../situation/situation.ts'
import { Feed, GRACE_MS, KEPT_MS } from './feed.ts'

const DAY = '2021-11-11'
/** The beginning of a minute. */
const T0 = 1_636_600_020_000
const OPERATION: Tuple = { id: '1', day: DAY, kind: 'drill', title_th: '', title_en: '' }

function caseRow(id: number, district: string, severity: string): Tuple {
  const fixed = { report_day: DAY, classification: 'confirmed', stage: 'waiting', care_place: 'waiting' }
  return { id: String(id), district, severity, ...fixed, outcome: 'none', outcome_day: 'infinity', waiting: 't' }
}

/** @param cases how many were reported, all of Chiang Mai */
function snapshotAt(position: number, at: number, cases = 0): Snapshot {
  const row = { district: '5001', report_day: DAY, classification: 'confirmed' }
  const groups = cases === 0 ? [] : [{ table: 'cases', metric: 0, row, n: cases }]
  return { epoch: 'e', position, at, groups, rows: [{ table: 'operation', row: OPERATION }] }
}

/** One hub: its fold, its feed and the clock that both live by. */
class Hub {
  readonly situation = new Situation()
  now = T0
  #timer: { at: number; task: () => void } | undefined
  readonly feed = new Feed({
    shown: this.situation,
    loop: {
      now: () => this.now,
      after: (ms, task) => {
        this.#timer = { at: this.now + ms, task }
        return () => {
          this.#timer = undefined
        }
      },
    },
    beatMs: 1000,
    build: () => 'build',
    health: () => ({ live: true, lagMs: 3 }),
  })

  /** It has folded all of this before anybody asks. */
  constructor(log: readonly Transaction[] = []) {
    this.reset(snapshotAt(100, T0))
    for (const tx of log) this.situation.apply(tx)
  }

  reset(snapshot: Snapshot): void {
    this.feed.before(snapshot)
    if (this.situation.reset(snapshot) === 'replaced') this.feed.replaced(snapshot.at)
  }

  commit(tx: Transaction): void {
    this.feed.before(tx)
    expect(this.situation.apply(tx)).toBe('folded')
  }

  pass(to: number): void {
    while (this.#timer !== undefined && this.#timer.at <= to) {
      const { at, task } = this.#timer
      this.now = Math.max(this.now, at)
      this.#timer = undefined
      task()
    }
    this.now = to
  }

  index(scope: Scope = 'nation'): FeedIndex {
    return this.feed.index(scope)!
  }

  leg([from, to]: Leg, scope: Scope = 'nation') {
    return this.feed.part(scope, 'e', from === 0 ? `snapshot-${to}` : `${from}-${to}`)
  }
}

const insert = (id: number, district = '5001'): Change => ({
  kind: 'insert',
  table: 'cases',
  row: caseRow(id, district, 'red'),
})

/** Reads an index of one hub and the legs of any; a leg that is not there ends the reading. @returns whether all came */
function read(state: ReturnType<typeof emptyScope>, index: FeedIndex, hubOf: () => Hub): boolean {
  for (const leg of wayFrom(state.position, index)) {
    const delta = hubOf().leg(leg, state.scope)
    if (delta === undefined) return false
    expect(applyDelta(state, delta).outcome).toMatch(/applied|replaced/)
  }
  return true
}

describe('the feed', () => {
  it('[G1] begins with a snapshot, and has what nobody else may see of no scope', () => {
    const hub = new Hub()
    expect(hub.index()).toMatchObject({
      hello: { e: 'e', now: T0 },
      beat: { live: true, lag: 3, to: 100 },
      to: 100,
      snapshot: 100,
      steps: [],
    })
    expect(hub.leg([0, 100])).toMatchObject({ t: 'delta', s: 'nation', from: 0, to: 100 })
    for (const scope of ['province:50', 'board:50', 'alerts', 'command:TH', 'public:99', 'x'])
      expect(hub.feed.index(scope), scope).toBeUndefined()
    expect(hub.feed.part('nation', 'another', 'snapshot-100')).toBeUndefined()
  })

  it('[G2] makes a mark before the first commit of a later second, and none within one', () => {
    const hub = new Hub()
    hub.index()
    hub.commit({ position: 110, at: T0 + 100, changes: [insert(1)] })
    hub.commit({ position: 120, at: T0 + 900, changes: [insert(2)] })
    expect(hub.index().steps).toEqual([])
    hub.commit({ position: 130, at: T0 + 1000, changes: [insert(3)] })
    expect(hub.index()).toMatchObject({ to: 120, steps: [[100, 120]], beat: { to: 130 } })
    hub.commit({ position: 140, at: T0 + 990, changes: [insert(4)] })
    expect(hub.index().to).toBe(120)
  })

  it('[G2] when nothing more comes, the mark is made after the second, where a next commit would have made it', () => {
    const hub = new Hub()
    hub.index()
    hub.commit({ position: 110, at: T0 + 100, changes: [insert(1)] })
    hub.pass(T0 + 100 + 900 + GRACE_MS - 101)
    expect(hub.index().to).toBe(100)
    hub.pass(T0 + 2000)
    expect(hub.index()).toMatchObject({ to: 110, steps: [[100, 110]] })
    hub.commit({ position: 120, at: T0 + 3000, changes: [insert(2)] })
    expect(hub.index().steps).toEqual([[100, 110]])
  })

  it('[G2] a scope gets marks of its own commits alone', () => {
    const hub = new Hub()
    hub.index('public:50')
    hub.index('public:10')
    for (const second of [1, 2, 3, 4])
      hub.commit({ position: 100 + second, at: T0 + second * 1000, changes: [insert(second, '1001')] })
    expect(hub.index('public:50')).toMatchObject({ to: 100, steps: [] })
    expect(hub.index('public:10').steps).toEqual([
      [100, 101],
      [101, 102],
      [102, 103],
    ])
  })

  it('[G3] has steps of ten seconds and of a minute, and with each ten a snapshot; who was away takes the longest', () => {
    const hub = new Hub()
    hub.index()
    for (let second = 1; second <= 125; second++)
      hub.commit({ position: 100 + second, at: T0 + second * 1000, changes: [insert(second)] })
    const index = hub.index()
    expect(index.steps).toContainEqual([109, 119])
    expect(index.steps).toContainEqual([159, 219])
    expect(index.snapshot).toBe(219)
    expect(wayFrom(160, index)).toEqual([
      [159, 219],
      [219, 220],
      [220, 221],
      [221, 222],
      [222, 223],
      [223, 224],
    ])
    expect(wayFrom(0, index)[0]).toEqual([0, 219])
    expect(wayFrom(224, index)).toEqual([])
    expect(wayFrom(50, index)[0], 'before anything that is kept').toEqual([0, 219])
  })

  it('a scope that nobody asks for is forgotten, and begun anew', () => {
    const hub = new Hub()
    hub.index()
    hub.commit({ position: 110, at: T0 + 1, changes: [insert(1)] })
    hub.pass(T0 + KEPT_MS + 2000)
    hub.commit({ position: 120, at: T0 + KEPT_MS + 2000, changes: [insert(2)] })
    expect(hub.leg([100, 110])).toBeUndefined()
    expect(hub.index()).toMatchObject({ snapshot: 120, steps: [] })
  })

  it('more removed rows than the fold remembers lead to a snapshot, and never to a step that lacks some', () => {
    const hub = new Hub()
    hub.index('public:50')
    const facility = (id: number): Tuple => ({ id: String(id), code: '', kind: 'field', district: '5001', active: 't' })
    const rows = Array.from({ length: 10_002 }, (_, id) => facility(id + 1))
    hub.commit({ position: 110, at: T0, changes: rows.map((row) => ({ kind: 'insert', table: 'facilities', row })) })
    hub.commit({
      position: 120,
      at: T0 + 1000,
      changes: rows.map((old) => ({ kind: 'delete', table: 'facilities', old })),
    })
    hub.commit({ position: 130, at: T0 + 2000, changes: [insert(1)] })
    const state = emptyScope('public:50')
    expect(read(state, hub.index('public:50'), () => hub)).toBe(true)
    expect(state.rows.size).toBe(1)
  })

  it('a snapshot of the same epoch leads on; of another, everything begins anew', () => {
    const hub = new Hub()
    const state = emptyScope('nation')
    read(state, hub.index(), () => hub)
    hub.commit({ position: 101, at: T0 + 1000, changes: [insert(1)] })
    hub.reset(snapshotAt(103, T0 + 3000, 3))
    hub.commit({ position: 110, at: T0 + 4000, changes: [insert(4)] })
    expect(read(state, hub.index(), () => hub)).toBe(true)
    expect(state.position).toBe(103)
    hub.reset({ ...snapshotAt(50, T0), epoch: 'f' })
    expect(hub.index()).toMatchObject({ hello: { e: 'f' }, snapshot: 50, steps: [] })
    expect(hub.leg([0, 100])).toBeUndefined()
  })

  const commit = fc.record({
    /** ms after the one before; a commit may be logged a little before an earlier one */
    after: fc.integer({ min: -20, max: 2500 }),
    district: fc.constantFrom('5001', '5002', '1001'),
    /** ms until each hub has it */
    lags: fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400)),
    /** which hub starts anew here, if any */
    restarts: fc.option(fc.nat(2), { freq: 15 }),
  })

  it('[G4] read from several hubs behind one address, it leads to what is committed, and equal legs are equal', () => {
    fc.assert(
      fc.property(fc.array(commit, { minLength: 5, maxLength: 60 }), fc.nat(), (commits, seed) => {
        const hubs = [0, 1, 2].map(() => new Hub())
        const states = (['nation', 'public:50'] satisfies Scope[]).map(emptyScope)
        const log: Transaction[] = []
        const legs = new Map<string, string>()
        let at = T0
        let draw = seed
        const hubOf = () => {
          draw = (Math.imul(draw, 1_103_515_245) + 12_345) & 0x7fff_ffff
          return hubs[(draw >> 16) % 3]!
        }
        const readAll = () =>
          states.map((state) => {
            const done = read(state, hubOf().index(state.scope), hubOf)
            for (const hub of hubs) {
              for (const leg of hub.index(state.scope).steps) {
                const text = JSON.stringify({ ...hub.leg(leg, state.scope), c: [], r: [] })
                const key = `${state.scope} ${leg}`
                expect(legs.get(key) ?? text, key).toBe(text)
                legs.set(key, text)
              }
            }
            return done
          })
        for (const [i, { after, district, lags, restarts }] of commits.entries()) {
          at += after
          const tx: Transaction = { position: 101 + i, at, changes: [insert(i, district)] }
          log.push(tx)
          for (const [h, hub] of hubs.entries()) {
            hub.pass(Math.max(hub.now, at + lags[h]!))
            if (restarts === h) hubs[h] = new Hub(log)
            else hub.commit(tx)
          }
          readAll()
        }
        for (const hub of hubs) hub.pass(at + 3000)
        for (let tries = 0; readAll().includes(false); tries++) expect(tries).toBeLessThan(60)
        for (const state of states) {
          const whole = emptyScope(state.scope)
          applyDelta(whole, hubs[0]!.situation.since(state.scope, 0))
          expect(state.cells).toEqual(whole.cells)
          expect(state.rows).toEqual(whole.rows)
        }
      }),
      { numRuns: 40 },
    )
  })
})
