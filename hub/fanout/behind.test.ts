import { expect, test } from 'vitest'
import { CLOSE, type CloseName } from '../contract/live/close.ts'
import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { Fanout } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Link, ShardTopic } from './link.ts'
import { createFanoutMetrics } from './metrics.ts'

const SCOPES = ['nation', 'province:50'] as const

/** Every commit changes both scopes. */
class Shown {
  epoch = 'e'
  position = 10
  changes: readonly Scope[] = SCOPES
  #flushed = 10
  hasDirty(): boolean {
    return this.position > this.#flushed
  }
  since(s: Scope, from: number): Delta {
    return { t: 'delta', s, from, to: this.position, sum: 0, at: 0, c: [], r: [], x: [] }
  }
  flush(): Delta[] {
    const deltas = this.changes.map((scope) => this.since(scope, this.#flushed))
    this.#flushed = this.position
    return deltas
  }
}

/** A socket whose buffers take what `room` says, and then nothing. */
class Buffered implements Link {
  readonly viewer = { address: '127.0.0.1', pass: null }
  readonly topics = new Set<ShardTopic>()
  readonly got: Delta[] = []
  readonly hellos: string[] = []
  room = Number.POSITIVE_INFINITY
  dropped: () => void = () => undefined
  send({ message }: Frame): void {
    if (message.t !== 'delta' && message.t !== 'hello') return
    if (this.room-- <= 0) this.dropped()
    else if (message.t === 'hello') this.hellos.push(message.e)
    else this.got.push(message)
  }
  join(topic: ShardTopic): void {
    this.topics.add(topic)
  }
  leave(topic: ShardTopic): void {
    this.topics.delete(topic)
  }
  closed: CloseName | undefined
  close(name: CloseName): void {
    this.closed = name
    this.topics.clear()
  }
}

/** A reader of both scopes. */
function start() {
  const shown = new Shown()
  const link = new Buffered()
  const tasks: (() => void)[] = []
  const fanout = new Fanout({
    shown,
    build: 'test',
    flushMs: 100,
    beatMs: 1000,
    metrics: createFanoutMetrics(createMetrics()),
    health: () => ({ live: true, lagMs: 0 }),
    authorize: () => 'allowed',
    loop: {
      now: () => 0,
      random: () => 0,
      after(ms, task) {
        if (ms === 0) tasks.push(task)
        return () => undefined
      },
    },
  })
  const turn = (): void => {
    for (const task of tasks.splice(0)) task()
  }
  fanout.attach({
    name: 'live',
    publish: (topic, frame) => link.topics.has(topic) && link.send(frame),
    stop: () => Promise.resolve(),
  })
  const session = fanout.connect(link)
  link.dropped = () => fanout.dropped(session)
  for (const s of SCOPES) fanout.receive(session, JSON.stringify({ t: 'sub', s, at: 0 }))
  turn()
  const commit = (position: number): void => {
    shown.position = position
    fanout.flush()
    turn()
  }
  return {
    shown,
    link,
    fanout,
    session,
    turn,
    commit,
    positions: () => link.got.map(({ s, from, to }) => [s, from, to]),
  }
}

test('[F3] a reader whose catching up is dropped as well catches up from where it really stands, in every scope', () => {
  const { link, fanout, session, turn, commit, positions } = start()
  commit(15)
  link.got.length = 0
  link.room = 0
  for (const position of [20, 30, 40]) commit(position)
  fanout.drained(session)
  turn()
  commit(50)
  link.room = Number.POSITIVE_INFINITY
  fanout.drained(session)
  turn()

  expect(positions()).toEqual([
    ['nation', 15, 50],
    ['province:50', 15, 50],
  ])
})

test('[F3] a scope that was quiet in the frames a reader drops is caught up from its own newest frame', () => {
  const { shown, link, fanout, session, turn, commit, positions } = start()
  commit(15)
  shown.changes = ['nation']
  commit(20)
  link.got.length = 0
  link.room = 0
  commit(30)
  link.room = Number.POSITIVE_INFINITY
  fanout.drained(session)
  turn()
  expect(positions()).toEqual([
    ['nation', 20, 30],
    ['province:50', 15, 30],
  ])
})

test.each([
  ['was behind already', 0],
  ['has no room for the hello', 1],
])('[F5] a reader that %s gets hello and snapshots of another epoch once it has drained', (_, early) => {
  const { shown, link, fanout, session, turn, commit, positions } = start()
  commit(15)
  if (early === 0) {
    link.room = 0
    commit(20)
  }
  link.room = 0
  link.got.length = 0
  link.hellos.length = 0
  shown.epoch = 'another'
  shown.position = 8
  fanout.replaced()
  turn()
  expect(link.topics.has('nation')).toBe(false)
  link.room = Number.POSITIVE_INFINITY
  fanout.drained(session)
  turn()
  expect(link.hellos).toEqual(['another'])
  expect(positions()).toEqual([
    ['nation', 0, 8],
    ['province:50', 0, 8],
  ])
  expect([...link.topics].sort()).toEqual(['beat:nation', 'nation', 'province:50'])
})

test('[F3] a reader that falls behind more than 20 times in a minute is sent away with 4001', () => {
  const { link, fanout, session, turn, commit } = start()
  for (let i = 1; i <= 21; i++) {
    expect(link.closed).toBeUndefined()
    link.room = 0
    commit(20 + i)
    link.room = Number.POSITIVE_INFINITY
    fanout.drained(session)
    turn()
  }
  expect(CLOSE[link.closed ?? 'garbage'].code).toBe(4001)
})
