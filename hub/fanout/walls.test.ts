import { expect, it } from 'vitest'
import type { Pass } from '../authorize/pass.ts'
import type { ClientMessage, Delta, HubMessage } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { Fanout } from './fanout.ts'
import { createFanoutMetrics } from './metrics.ts'
import { MESSAGES_BURST } from './session.ts'
import { TRAIL_MAX } from './trail.ts'
import { ANSWER_MS_MAX, PAINT_MS, SILENT_MS_MAX, TELL_EVERY_MS } from './walls.ts'

const SCREEN = '01890a5d-ac96-774b-bcce-b302099a8057'
const STATE = { scene: 'Chiang Mai', build: 'b1', fps: 60, ms: 90, w: 1920, h: 1080 }

/** A fan-out of `nation` and `province:50` at position 100, and time that the test moves. */
function start() {
  let now = 1000
  let position = 100
  let flushed = position
  const own: (readonly [Scope, number])[] = []
  const closed: string[] = []
  const timers = new Set<{ at: number; task: () => void }>()
  const { registry, ...metrics } = createMetrics()
  const delta = (s: Scope): Delta => ({
    ...{ t: 'delta', s, from: flushed, to: position, sum: 0, at: now },
    ...{ c: [], r: [], x: [] },
  })
  const fanout = new Fanout({
    shown: {
      epoch: 'e',
      get position() {
        return position
      },
      hasDirty: () => position > flushed,
      since: delta,
      flush() {
        const deltas = (['nation', 'province:50'] as const).map(delta)
        flushed = position
        return deltas
      },
    },
    build: 'b1',
    flushMs: 100,
    beatMs: 1000,
    metrics: createFanoutMetrics({ registry, ...metrics }),
    onOwnPainted: (...told) => own.push(told),
    health: () => ({ live: true, lagMs: 0 }),
    authorize: () => 'allowed',
    loop: {
      now: () => now,
      random: () => 0,
      after(ms, task) {
        const timer = { at: now + ms, task }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    },
  })
  const heard: HubMessage[] = []
  const wall = (scopes: readonly Scope[], account?: string) => {
    const grant = { account, role: 'screen' }
    const session = fanout.connect({
      viewer: { address: '10.0.0.9', pass: account === undefined ? null : ({ grant } as Pass) },
      send: ({ message }) => (message.t === 'hello' || message.t === 'tell') && heard.push(message),
      join: () => undefined,
      leave: () => undefined,
      close: (name) => closed.push(name),
    })
    const say = (message: ClientMessage) => fanout.receive(session, JSON.stringify(message))
    for (const s of scopes) say({ t: 'sub', s, at: 0 })
    return {
      say,
      paints: (at: number, ms: number | null = null, e = 'e') =>
        say({ t: 'painted', e, p: scopes.map((scope) => [scope, at, ms]) }),
      leave: () => fanout.disconnect(session),
    }
  }
  const commit = () => {
    position += 10
    fanout.flush()
    return position
  }
  const counted = async (how: string) =>
    Number(new RegExp(`^jitasa_painted_total{how="${how}"} (\\d+)`, 'm').exec(await registry.metrics())?.[1] ?? 0)
  /** Time goes on, and what waited for it is done. */
  const wait = (ms: number) => {
    now += ms
    for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.task()
  }
  return { walls: fanout.walls, wall, commit, counted, own, closed, heard, wait }
}

it('[P1] a position counts as painted when each scope that the wall follows has reached it, with the longest time', () => {
  const { walls, wall, commit, wait } = start()
  const screen = wall(['nation', 'province:50'], SCREEN)
  screen.paints(100)
  wall(['province:50']).paints(100)
  const at = commit()
  expect(walls.receipts(['nation'], at)).toEqual([{ account: SCREEN, painted: false, ms: null, behindSince: 1000 }])
  wait(200)
  screen.say({ t: 'painted', e: 'e', p: [['nation', at, 180]] })
  expect(walls.receipts(['nation', 'province:50'], at).map(({ painted }) => painted)).toEqual([false, false])
  screen.say({ t: 'painted', e: 'e', p: [['province:50', at, 90]] })
  const [first, second] = walls.receipts(['nation', 'province:50'], at)
  expect(first).toEqual({ account: SCREEN, painted: true, ms: 180, behindSince: null })
  expect(second).toEqual({ account: null, painted: false, ms: null, behindSince: 1000 })
  expect(walls.receipts(['alerts'], at)).toEqual([])
})

it('[P1] the time of a position stays its own while later ones are painted, until it is too long ago to be known', () => {
  const { walls, wall, commit } = start()
  const screen = wall(['nation'], SCREEN)
  screen.paints(100)
  const at = commit()
  screen.paints(at, 70)
  for (let i = 0; i < TRAIL_MAX; i++) {
    expect(walls.receipts(['nation'], at)).toMatchObject([{ painted: true, ms: 70 }])
    if (i < TRAIL_MAX - 2) screen.paints(commit(), 500)
  }
  screen.paints(commit(), 500)
  screen.paints(commit(), 500)
  expect(walls.receipts(['nation'], at)).toMatchObject([{ painted: true, ms: null }])
})

it('[P1] the hub says how often it wants to hear what is painted', () => {
  const { wall, heard } = start()
  wall([])
  expect(heard).toMatchObject([{ paintMs: PAINT_MS }])
})

it('[P2] a wall is known by what it says; one that stops painting, or falls silent, since when', () => {
  const { walls, wall, commit, wait } = start()
  const screen = wall(['nation'], SCREEN)
  screen.say({ t: 'screen', ...STATE })
  screen.paints(100)
  const known = { account: SCREEN, state: STATE, position: 100, paintedAt: 1000, connectedAt: 1000 }
  expect(walls.reports()).toEqual([{ ...known, behindSince: null, goneSince: null }])
  wait(50)
  commit()
  wait(3000)
  commit()
  expect(walls.reports()).toEqual([{ ...known, behindSince: 1050, goneSince: null }])
  screen.paints(120)
  wait(SILENT_MS_MAX + 1)
  expect(walls.reports()).toMatchObject([{ position: 120, behindSince: 4050 }])
})

it('[P2] a screen that is gone is remembered, with since when, until it is back; another wall is forgotten', () => {
  const { walls, wall, wait } = start()
  const screen = wall(['nation'], SCREEN)
  const other = wall(['nation'])
  screen.paints(100)
  other.paints(100)
  wait(500)
  screen.leave()
  other.leave()
  expect(walls.reports()).toMatchObject([{ account: SCREEN, position: 100, goneSince: 1500 }])
  expect(walls.receipts(['nation'], 100)).toEqual([])
  wait(500)
  wall(['nation'], SCREEN).paints(100)
  expect(walls.reports()).toMatchObject([{ account: SCREEN, goneSince: null, connectedAt: 2000 }])
})

it('[P3] what cannot be changes nothing and is counted', async () => {
  const { walls, wall, commit, counted } = start()
  const screen = wall(['nation'], SCREEN)
  screen.paints(commit(), 10)
  screen.paints(110, 10, 'another')
  screen.paints(9_000_000, 10)
  screen.paints(100, 10)
  screen.say({ t: 'painted', e: 'e', p: [['province:50', 110, 10]] })
  expect(walls.reports()).toMatchObject([{ position: 110 }])
  expect(walls.receipts(['province:50'], 110)).toEqual([])
  expect(await Promise.all(['taken', 'epoch', 'future', 'past', 'scope'].map(counted))).toEqual([1, 1, 1, 1, 1])
})

it('[P3] ten thousand scopes, and a flood, end as any other garbage and flood do', () => {
  const { wall, closed, walls } = start()
  wall(['nation']).say({ t: 'painted', e: 'e', p: Array.from({ length: 10_000 }, () => ['nation', 1, null] as const) })
  const flood = wall(['nation'])
  for (let i = 0; i < MESSAGES_BURST; i++) flood.paints(100)
  expect(closed).toEqual(['oversized', 'tooMany'])
  expect(walls.size).toBe(0)
})

it('[P1] what a screen has painted of its own scope is told', () => {
  const { wall, own } = start()
  wall(['nation', `screen:${SCREEN}`], SCREEN).paints(100)
  expect(own).toEqual([[`screen:${SCREEN}`, 100]])
})

it('[P4] who asks for a receipt has the walls told that have not said it; those that answer have painted it, the frozen one has not', async () => {
  const { walls, wall, commit, heard, wait } = start()
  const [one, other, frozen] = [wall(['nation'], SCREEN), wall(['nation']), wall(['nation'])]
  const at = commit()
  one.paints(at, 40)
  heard.length = 0
  const question = { kind: 'receipts', scopes: ['nation'], position: at } as const
  frozen.say({ t: 'screen', ...STATE })
  other.paints(100)
  const answer = walls.answer(question)
  expect(heard).toEqual([{ t: 'tell' }, { t: 'tell' }])
  wait(50)
  const another = walls.answer(question)
  wait(10)
  other.paints(at, 90)
  wait(ANSWER_MS_MAX - 60)
  expect((await answer).map((receipt) => 'painted' in receipt && receipt.painted)).toEqual([true, false, true])
  wait(50)
  expect(await another, 'who asks meanwhile waits for the same answers').toEqual(await answer)
  await walls.answer(question)
  expect(heard, 'each is asked so often at most').toHaveLength(2)
  wait(TELL_EVERY_MS)
  const again = walls.answer(question)
  frozen.leave()
  expect(await again, 'who has gone is not waited for').toHaveLength(2)
  expect(heard).toHaveLength(3)
})

it('[P4] a list of walls as they are now asks those that are behind; a wall on which all is painted hears nothing', async () => {
  const { walls, wall, commit, heard, wait } = start()
  const screen = wall(['nation'], SCREEN)
  screen.paints(commit())
  heard.length = 0
  const list = { kind: 'reports', now: true } as const
  expect(await walls.answer(list)).toMatchObject([{ behindSince: null }])
  expect(heard).toEqual([])
  const at = commit()
  expect(await walls.answer({ ...list, now: false })).toMatchObject([{ behindSince: 1000 }])
  const answer = walls.answer(list)
  wait(50)
  screen.paints(at)
  expect(await answer).toMatchObject([{ position: at, behindSince: null }])
  expect(heard).toEqual([{ t: 'tell' }])
})

it('[P2] a wall that has stood still for longer than positions are remembered is behind since it last said something', () => {
  const { walls, wall, commit, wait } = start()
  wall(['nation'], SCREEN).paints(commit())
  for (let i = 0; i < 2 * TRAIL_MAX; i++) {
    wait(100)
    commit()
  }
  expect(walls.reports()).toMatchObject([{ paintedAt: 1000, behindSince: 1000 }])
})
