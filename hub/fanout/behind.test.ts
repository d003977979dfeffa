import { expect, test } from 'vitest'
import { createMetrics } from '../metrics.ts'
import type { Delta } from '../wire/messages.ts'
import type { Scope } from '../wire/scopes.ts'
import { Fanout } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Link, Topic } from './link.ts'
import { createFanoutMetrics } from './metrics.ts'

const SCOPES = ['nation', 'province:50'] as const

/** Every commit changes both scopes. */
class Shown {
  readonly epoch = 'e'
  position = 10
  #flushed = 10
  hasDirty(): boolean {
    return this.position > this.#flushed
  }
  since(s: Scope, from: number): Delta {
    return { t: 'delta', s, from, to: this.position, sum: 0, at: 0, c: [], r: [], x: [] }
  }
  flush(): Delta[] {
    const deltas = SCOPES.map((scope) => this.since(scope, this.#flushed))
    this.#flushed = this.position
    return deltas
  }
}

/** A socket whose buffers take what `room` says, and then nothing. */
class Buffered implements Link {
  readonly viewer = { address: '127.0.0.1', pass: null }
  readonly topics = new Set<Topic>()
  readonly got: Delta[] = []
  room = Number.POSITIVE_INFINITY
  dropped: () => void = () => undefined
  send({ message }: Frame): void {
    if (message.t !== 'delta') return
    if (this.room-- > 0) this.got.push(message)
    else this.dropped()
  }
  join(topic: Topic): void {
    this.topics.add(topic)
  }
  leave(topic: Topic): void {
    this.topics.delete(topic)
  }
  close(): void {
    this.topics.clear()
  }
}

test('[F3] a reader whose catching up is dropped as well catches up from where it really stands, in every scope', () => {
  const shown = new Shown()
  const link = new Buffered()
  const tasks: (() => void)[] = []
  const fanout = new Fanout({
    ...{ shown, build: 'test', flushMs: 100, beatMs: 1000, metrics: createFanoutMetrics(createMetrics()) },
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

  expect(link.got.map(({ s, from, to }) => [s, from, to])).toEqual([
    ['nation', 15, 50],
    ['province:50', 15, 50],
  ])
})
