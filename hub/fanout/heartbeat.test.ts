import { expect, test } from 'vitest'
import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { Fanout } from './fanout.ts'
import { BEATS_SPARED_MAX, beatTopicOf, HEALTHY_LAG_MS_MAX, HeartbeatPlan } from './heartbeat-plan.ts'
import type { Link, ShardTopic } from './link.ts'
import { createFanoutMetrics } from './metrics.ts'

const BEAT_MS = 1000
const never = (): never => {
  throw new Error('nobody asks')
}
const WELL = { live: true, lagMs: 0 }
const ILL = { live: false, lagMs: 0 }
const NATION = 'beat:nation'

/** Looked at ten times a second, as the fan-out does; deltas of the nation at the given ms. */
function listen(seconds: number, deltas: readonly number[], health = (_now: number) => WELL) {
  const beats = new HeartbeatPlan(BEAT_MS)
  beats.join(NATION)
  const alone: number[] = []
  const along: number[] = []
  for (let now = 0; now <= seconds * 1000; now++) {
    if (deltas.includes(now) && beats.published(NATION, now, health(now))) along.push(now)
    if (now % 100 === 50 && beats.due(now, health(now)).includes(NATION)) alone.push(now)
  }
  return { alone, along }
}

const every = (ms: number, seconds: number): number[] =>
  Array.from({ length: Math.floor((seconds * 1000) / ms) }, (_, i) => i * ms)

test('[C3] in silence it beats, and never later than a beat and a look', () => {
  const { alone } = listen(20, [])
  expect(alone).toHaveLength(20)
  expect(Math.max(...alone.slice(1).map((at, i) => at - alone[i]!))).toBeLessThanOrEqual(BEAT_MS + 100)
})

test.each([1050, 1000, 500, 100])(
  '[C3] deltas every %i ms stand for beats; now and then one goes along with them',
  (ms) => {
    const { alone, along } = listen(20, every(ms, 20))
    expect(alone).toEqual([])
    expect(along.length).toBeGreaterThanOrEqual(Math.floor(20 / (BEATS_SPARED_MAX + 1)))
    expect(along.length).toBeLessThanOrEqual(20 / BEATS_SPARED_MAX + 1)
  },
)

test('[C3] after the last delta it beats again within a beat, its grace and a look', () => {
  const { alone } = listen(5, [200, 900])
  expect(alone.slice(0, 3)).toEqual([50, 2050, 3050])
})

test('[C3] while the hub is not well it beats whatever else it sends, and says at once that it is well again', () => {
  const health = (now: number) => (now >= 5000 && now < 10_000 ? ILL : WELL)
  const { alone, along } = listen(20, every(100, 20), health)
  expect(along).toContain(5000)
  expect(alone.filter((at) => at > 5000 && at < 10_000)).toHaveLength(4)
  expect(along).toContain(10_000)
  expect(alone.filter((at) => at > 10_000)).toEqual([])
})

test('[C3] a hub that lags is not well', () => {
  const lagging = { live: true, lagMs: HEALTHY_LAG_MS_MAX + 1 }
  const { alone } = listen(10, every(100, 10), () => lagging)
  expect(alone.length).toBeGreaterThanOrEqual(9)
})

test('[C3] a clock that was set back by an hour silences nobody', () => {
  const beats = new HeartbeatPlan(BEAT_MS)
  beats.join(NATION)
  const later = 3_600_000
  beats.published(NATION, later, WELL)
  expect(beats.due(later, WELL)).toEqual(['beat'])
  expect(beats.due(500, WELL)).toEqual(['beat', NATION])
  expect(beats.due(1600, WELL)).toEqual(['beat', NATION])
})

test('[C3] in a fan-out: who reads what changes hears few beats, who reads nothing one a second', () => {
  let now = 0
  const timers: { at: number; task: () => void }[] = []
  let position = 1
  let flushed = 1
  const delta = (s: Scope, from: number): Delta => {
    return { t: 'delta', s, from, to: position, sum: 0, at: 0, c: [], r: [], x: [] }
  }
  const fanout = new Fanout({
    shown: {
      epoch: 'e',
      get position() {
        return position
      },
      since: delta,
      hasDirty: () => position > flushed,
      flush() {
        const from = flushed
        flushed = position
        return [delta('nation', from)]
      },
    },
    build: 'test',
    flushMs: 100,
    beatMs: BEAT_MS,
    metrics: createFanoutMetrics(createMetrics()),
    health: () => WELL,
    authorize: () => 'allowed',
    loop: {
      now: () => now,
      random: () => 0,
      after(ms, task) {
        const timer = { at: now + ms, task }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
    },
  })
  const heard = new Map<ShardTopic | 'alone', number[]>()
  const hear = (topic: ShardTopic | 'alone') => void heard.set(topic, [...(heard.get(topic) ?? []), now])
  fanout.attach({
    name: 'live',
    publish: (topic, { message }) => message.t === 'beat' && hear(topic),
    stop: () => Promise.resolve(),
  })
  const topics = new Set<ShardTopic>()
  const link: Link = {
    viewer: { address: '127.0.0.1', pass: null },
    send: ({ message }) => void (message.t === 'beat' && hear('alone')),
    join: (topic) => void topics.add(topic),
    leave: (topic) => void topics.delete(topic),
    close: () => undefined,
  }
  const session = fanout.connect(link)
  fanout.receive(session, '{"t":"sub","s":"nation","at":0}')
  fanout.connect({ ...link, join: () => undefined })
  for (now = 1; now <= 20_000; now++) {
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.task()
    }
    if (now % 300 === 0) {
      position++
      fanout.changed()
    }
  }
  expect([...topics].sort()).toEqual([NATION, 'nation'])
  expect(heard.get(NATION)!.length).toBeLessThanOrEqual(6)
  const gaps = heard.get('alone')!.map((at, i, all) => at - (all[i - 1] ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(BEAT_MS + 100)
  expect(gaps.length).toBeGreaterThanOrEqual(18)
  fanout.receive(session, '{"t":"unsub","s":"nation"}')
  expect(topics.size).toBe(0)
})

test('[C3] that the link is lost, or lives again, is said in that moment, and then as often as before', () => {
  let now = 0
  let live = true
  const timers = new Set<{ at: number; task: () => void }>()
  const heard: { at: number; live: boolean }[] = []
  const fanout = new Fanout({
    shown: { epoch: 'e', position: 1, since: () => never(), hasDirty: () => false, flush: () => [] },
    build: 'test',
    flushMs: 100,
    beatMs: BEAT_MS,
    metrics: createFanoutMetrics(createMetrics()),
    health: () => ({ live, lagMs: 0 }),
    authorize: () => 'allowed',
    loop: {
      now: () => now,
      random: () => 0,
      after(ms, task) {
        const timer = { at: now + ms, task }
        timers.add(timer)
        return () => void timers.delete(timer)
      },
    },
  })
  fanout.connect({
    viewer: { address: '127.0.0.1', pass: null },
    send: ({ message }) => void (message.t === 'beat' && heard.push({ at: now, live: message.live })),
    join: () => undefined,
    leave: () => undefined,
    close: () => undefined,
  })
  for (now = 1; now <= 6000; now++) {
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.delete(timer)
      timer.task()
    }
    if (now === 2345 || now === 4321) {
      live = !live
      fanout.healthChanged()
      fanout.healthChanged()
    }
  }
  expect(heard.filter(({ at }) => at === 2345 || at === 4321)).toEqual([
    { at: 2345, live: false },
    { at: 4321, live: true },
  ])
  expect(heard.length).toBeLessThanOrEqual(8)
  const gaps = heard.map(({ at }, i) => at - (heard[i - 1]?.at ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(BEAT_MS + 60)
})

test('one hears beats with its first scope; with presence alone, or nothing, as everybody', () => {
  expect(beatTopicOf([])).toBe('beat')
  expect(beatTopicOf(['presence:1'])).toBe('beat')
  expect(beatTopicOf(['presence:1', 'board:50', 'nation'])).toBe('beat:board:50')
})
