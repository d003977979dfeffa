import { expect, test } from 'vitest'
import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { Fanout } from './fanout.ts'
import type { Frame } from './frames.ts'
import type { Link, Topic } from './link.ts'
import { createFanoutMetrics } from './metrics.ts'
import { AHEAD_WAIT_MS, ANSWERS_BUDGET_MS } from './resync.ts'

const SCOPES = ['nation', 'province:10', 'province:50'] as const
const ANSWER_MS = 1

/** A fan-out whose time passes only while it answers: a millisecond for each. */
function start() {
  let now = 0
  let position = 10
  let flushed = 10
  const encoded: Scope[] = []
  const sent: string[] = []
  const turns: (() => void)[] = []
  const fanout = new Fanout({
    shown: {
      epoch: 'e',
      get position() {
        return position
      },
      hasDirty: () => position > flushed,
      since: (s: Scope, from: number): Delta => ({
        t: 'delta',
        s,
        from,
        to: position,
        sum: 0,
        at: 0,
        c: [],
        r: [],
        x: [],
      }),
      flush() {
        const from = flushed
        flushed = position
        return SCOPES.map((s): Delta => {
          encoded.push(s)
          return { t: 'delta', s, from, to: position, sum: 0, at: 0, c: [], r: [], x: [] }
        })
      },
    },
    build: 'test',
    flushMs: 100,
    beatMs: 1000,
    metrics: createFanoutMetrics(createMetrics()),
    health: () => ({ live: true, lagMs: 0 }),
    authorize: () => 'allowed',
    loop: {
      now: () => now,
      random: () => 0,
      after(ms, task) {
        if (ms === 0) turns.push(task)
        return () => undefined
      },
    },
  })
  const frames = new Set<Frame>()
  fanout.attach({
    name: 'live',
    publish(topic: Topic, frame: Frame) {
      if (frame.message.t !== 'delta') return
      frames.add(frame)
      sent.push(`flush ${topic}`)
    },
    stop: () => Promise.resolve(),
  })
  const connect = (name: string, at = 5): void => {
    const link: Link = {
      viewer: { address: name, pass: null },
      send({ message }: Frame) {
        if (message.t !== 'delta') return
        now += ANSWER_MS
        sent.push(message.from === 0 ? `${name}, all of it` : name)
      },
      join: () => undefined,
      leave: () => undefined,
      close: () => undefined,
    }
    fanout.receive(fanout.connect(link), JSON.stringify({ t: 'sub', s: 'nation', at }))
  }
  return {
    sent,
    encoded,
    frames,
    connect,
    commit(): void {
      position += 1
      fanout.flush()
    },
    turn(): void {
      for (const task of turns.splice(0)) task()
    },
    wait(ms: number): void {
      now += ms
    },
    turnsLeft: () => turns.length,
  }
}

test('[F2] all scopes leave in one turn, each encoded once for all its readers', () => {
  const hub = start()
  for (let i = 0; i < 5; i++) hub.connect(`reader ${i}`)
  hub.turn()
  hub.sent.length = 0
  hub.commit()
  expect(hub.sent).toEqual(SCOPES.map((scope) => `flush ${scope}`))
  expect(hub.encoded).toEqual([...SCOPES])
  expect(hub.frames.size).toBe(SCOPES.length)
})

test('[F4] a storm is answered in its order, a few milliseconds a turn, and a flush does not wait for its end', () => {
  const hub = start()
  const storm = Array.from({ length: 50 }, (_, i) => `reader ${i}`)
  for (const name of storm) hub.connect(name)
  hub.turn()
  expect(hub.sent).toHaveLength(ANSWERS_BUDGET_MS / ANSWER_MS)
  hub.commit()
  expect(hub.sent.at(-1)).toBe('flush province:50')
  expect(hub.sent).toHaveLength(ANSWERS_BUDGET_MS / ANSWER_MS + SCOPES.length)
  while (hub.turnsLeft() > 0) hub.turn()
  expect(hub.sent.filter((line) => line.startsWith('reader'))).toEqual(storm)
})

test('[S5] a client that stays ahead of the hub for 5 s gets the snapshot', () => {
  const hub = start()
  const readers = (): string[] => hub.sent.filter((line) => line.startsWith('reader'))
  hub.connect('reader', 1000)
  hub.turn()
  hub.wait(AHEAD_WAIT_MS - 1)
  hub.commit()
  hub.turn()
  expect(readers()).toEqual([])
  hub.wait(1)
  hub.commit()
  hub.turn()
  expect(readers()).toEqual(['reader, all of it'])
})
