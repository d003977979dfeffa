import { createRoot } from 'solid-js'
import { beforeEach, describe, expect, test } from 'vitest'
import { applyDelta, emptyScope } from '../../../hub/contract/live/apply.ts'
import type { Delta, HubMessage } from '../../../hub/contract/live/messages.ts'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'
import { STALE_AFTER_MS } from './connection.ts'
import { freshness, LAG_MS_MAX } from './freshness.ts'
import { createSession, type SessionWorld } from './session.ts'
import type { Transport, TransportHandlers } from './transport.ts'

/** A world whose clock stands until it is moved; timers, frames and paints run in its order. */
function createWorld() {
  let now = 10_000
  let tasks: { at: number; task: () => void }[] = []
  const after = (ms: number, task: () => void) => {
    const entry = { at: now + ms, task }
    tasks.push(entry)
    return () => {
      tasks = tasks.filter((other) => other !== entry)
    }
  }
  const world: SessionWorld = {
    now: () => now,
    random: () => 0.5,
    after,
    frame: (task) => void after(16, task),
    painted: (task) => void after(1, task),
  }
  const advance = (ms: number) => {
    const end = now + ms
    for (;;) {
      const next = tasks.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      tasks = tasks.filter((entry) => entry !== next)
      now = Math.max(now, next.at)
      next.task()
    }
    now = end
  }
  return { world, advance }
}

/** The hub's end of a link, 40 s ahead of the screen's clock. */
function createHub(now: () => number) {
  const ahead = 40_000
  const state = emptyScope('nation')
  let handlers: TransportHandlers | undefined
  const sent: unknown[] = []
  const hung = { yes: false }
  const say = (message: HubMessage) => handlers?.message(JSON.stringify(message))
  const transport: Transport = {
    open: (given) => {
      handlers = given
      return {
        send: (text) => {
          const message = JSON.parse(text)
          sent.push(message)
          if (message.t === 'ping' && !hung.yes) say({ t: 'pong', n: message.n, now: now() + ahead })
        },
        close: () => {
          handlers = undefined
        },
      }
    },
  }
  const delta = (from: number, to: number, c: Delta['c']): Delta => {
    const made: Delta = { t: 'delta', s: 'nation', from, to, sum: 0, at: now() + ahead, c, r: [], x: [] }
    applyDelta(state, made)
    return { ...made, sum: state.sum }
  }
  const hello = (build = 'b') =>
    say({ t: 'hello', v: PROTOCOL_VERSION, e: 'a', now: now(), tickMs: 100, beatMs: 1_000, paintMs: 1_000, build })
  const beat = () => say({ t: 'beat', now: now() + ahead, to: state.position, live: true, lag: 0 })
  return { transport, say, delta, hello, beat, sent, hung, close: (code: number) => handlers?.closed(code) }
}

describe('session', () => {
  let setup: ReturnType<typeof begin>
  function begin() {
    const { world, advance } = createWorld()
    const hub = createHub(world.now)
    const builds: number[] = []
    const session = createSession({
      scopes: ['nation'],
      transport: hub.transport,
      carrier: () => 'live',
      world,
      reloadedAt: null,
      reload: () => undefined,
      onNewBuild: () => builds.push(world.now()),
    })
    return { world, advance, hub, session, builds }
  }
  beforeEach(() => {
    setup = begin()
  })

  const isNow = () => freshness(setup.session.store.status(), true, setup.world.now()).kind

  test('connects from its first moment: no frame shows a link that was given up', () => {
    expect(setup.session.store.status().connection.kind).toBe('connecting')
  })

  test('a change is on the screen after one frame, and its latency is of the hub’s clock', () => {
    const { hub, advance, session } = setup
    hub.hello()
    hub.say(hub.delta(0, 10, [['waiting.red', 'TH', 3]]))
    advance(200)
    expect(session.store.cell('nation', 'waiting.red', 'TH')).toBe(3)
    hub.say(hub.delta(10, 11, [['waiting.red', 'TH', 4]]))
    expect(session.store.cell('nation', 'waiting.red', 'TH')).toBe(3)
    advance(17)
    expect(session.store.cell('nation', 'waiting.red', 'TH')).toBe(4)
    hub.beat()
    advance(200)
    expect(session.store.status().latency).toEqual({ count: 1, p50: 17, p99: 17 })
  })

  test('the screen is written at most ten times a second, with the latest values', () => {
    const { hub, advance, session } = setup
    hub.hello()
    hub.say(hub.delta(0, 10, []))
    advance(1_000)
    const seen = createRoot((dispose) => {
      const values: number[] = []
      for (let i = 1; i <= 50; i++) {
        hub.say(hub.delta(9 + i, 10 + i, [['waiting.red', 'TH', i]]))
        advance(20)
        const value = session.store.cell('nation', 'waiting.red', 'TH')
        if (value !== values.at(-1)) values.push(value)
      }
      dispose()
      return values
    })
    expect(seen.length).toBeLessThanOrEqual(12)
    advance(200)
    expect(session.store.cell('nation', 'waiting.red', 'TH')).toBe(50)
  })

  test('a silent hub is stale within two seconds, a closed link offline, and it comes back by itself', () => {
    const { hub, advance, session } = setup
    hub.hello()
    hub.say(hub.delta(0, 10, []))
    hub.beat()
    advance(500)
    expect(isNow()).toBe('live')
    hub.hung.yes = true
    advance(STALE_AFTER_MS)
    expect(isNow()).toBe('stale')
    hub.close(1006)
    advance(20)
    expect(isNow()).toBe('offline')
    advance(1_000)
    hub.hung.yes = false
    hub.sent.length = 0
    hub.hello()
    expect(hub.sent).toContainEqual({ t: 'sub', s: 'nation', at: 10, e: 'a' })
    advance(200)
    expect(isNow()).toBe('live')
    session.stop()
  })

  test('numbers that nothing vouched for in 5 s are not live again because a hub greets', () => {
    const { hub, advance, session } = setup
    hub.hello()
    hub.say(hub.delta(0, 10, []))
    hub.close(1006)
    advance(20_000)
    hub.hello()
    advance(200)
    expect(freshness(session.store.status(), true, setup.world.now())).toMatchObject({
      kind: 'stale',
      reason: 'silent',
    })
    hub.say(hub.delta(10, 10, []))
    advance(200)
    expect(isNow()).toBe('live')
  })

  test('[C3] where deltas keep coming no beat is missed, and the age is that of the last', () => {
    const { hub, advance, session } = setup
    hub.hello()
    hub.say(hub.delta(0, 10, []))
    hub.beat()
    for (let i = 1; i <= 10; i++) {
      advance(1_000)
      expect(isNow()).toBe('live')
      hub.say(hub.delta(9 + i, 10 + i, [['waiting.red', 'TH', i]]))
    }
    advance(300)
    expect(freshness(session.store.status(), true, setup.world.now())).toMatchObject({ kind: 'live', ageMs: 300 })
  })

  test('a hub that has lost PostgreSQL is stale, however fast it beats', () => {
    const { hub, advance } = setup
    hub.hello()
    hub.say({ t: 'beat', now: 0, to: 10, live: false, lag: 9_000 })
    advance(200)
    expect(isNow()).toBe('stale')
  })

  test('a hub that cannot keep up with PostgreSQL is stale above a limit, and live when it is level again', () => {
    const { hub, advance, session } = setup
    hub.hello()
    hub.say(hub.delta(0, 10, []))
    hub.say({ t: 'beat', now: 0, to: 10, live: true, lag: LAG_MS_MAX })
    advance(200)
    expect(isNow()).toBe('live')
    hub.say({ t: 'beat', now: 0, to: 10, live: true, lag: LAG_MS_MAX + 1 })
    advance(200)
    expect(freshness(session.store.status(), true, setup.world.now())).toMatchObject({
      kind: 'stale',
      reason: 'behind',
    })
    hub.beat()
    advance(200)
    expect(isNow()).toBe('live')
  })

  test('what came with the page stands there at once, as not yet live; a try that fails is no link', () => {
    const { world, advance } = createWorld()
    const hub = createHub(world.now)
    const early = [{ epoch: 'a', delta: hub.delta(0, 10, [['waiting.red', 'TH', 3]]) }]
    const session = createRoot(() =>
      createSession({
        scopes: ['nation'],
        early,
        ...{
          transport: hub.transport,
          carrier: () => 'live' as const,
          world,
          reloadedAt: null,
          reload: () => undefined,
        },
      }),
    )
    const now = () => freshness(session.store.status(), session.store.scope('nation').loaded, world.now())
    expect(session.store.cell('nation', 'waiting.red', 'TH')).toBe(3)
    expect(now()).toEqual({ kind: 'connecting', reason: 'connecting', ageMs: null })
    hub.close(1006)
    advance(20)
    expect(now().kind).toBe('offline')
    advance(1_000)
    hub.hello()
    hub.beat()
    advance(20)
    expect(hub.sent).toContainEqual({ t: 'sub', s: 'nation', at: 10, e: 'a' })
    expect(now().kind).toBe('live')
  })

  test('a page of an earlier build is told at the first hello', () => {
    const { world } = createWorld()
    const hub = createHub(world.now)
    const told: string[] = []
    createSession({
      scopes: ['nation'],
      transport: hub.transport,
      carrier: () => 'live',
      world,
      reloadedAt: null,
      reload: () => undefined,
      build: 'a',
      onNewBuild: () => told.push('new'),
    })
    hub.hello('b')
    expect(told).toEqual(['new'])
  })

  test('a hub of another release is told apart from one that only came back', () => {
    const { hub, builds } = setup
    hub.hello()
    hub.hello()
    expect(builds).toHaveLength(0)
    hub.hello('c')
    expect(builds).toHaveLength(1)
  })
})
