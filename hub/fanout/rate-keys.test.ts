import { expect, it } from 'vitest'
import type { Pass } from '../authorize/pass.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { Fanout } from './fanout.ts'
import type { Viewer } from './link.ts'
import { createFanoutMetrics } from './metrics.ts'
import { MESSAGES_BURST, SHARED_MESSAGES_BURST, SHARED_MESSAGES_PER_SECOND } from './session.ts'

function start() {
  let now = 0
  let pongs = 0
  const closed: string[] = []
  const { registry, ...metrics } = createMetrics()
  const fanout = new Fanout({
    shown: { epoch: 'e', position: 1, hasDirty: () => false, flush: () => [], since: () => expect.fail() },
    build: 'test',
    flushMs: 100,
    beatMs: 1000,
    metrics: createFanoutMetrics({ registry, ...metrics }),
    health: () => ({ live: true, lagMs: 0 }),
    authorize: () => 'allowed',
    loop: { now: () => now, random: () => 0, after: () => () => undefined },
  })
  /** A new socket that says all it may say at once. @returns how much of it was answered */
  const talk = (viewer: Viewer): number => {
    const before = pongs
    const session = fanout.connect({
      viewer,
      send: ({ message }) => {
        if (message.t === 'pong') pongs += 1
      },
      join: () => undefined,
      leave: () => undefined,
      close: (name) => closed.push(name),
    })
    for (let n = 0; n < MESSAGES_BURST; n++) fanout.receive(session, JSON.stringify({ t: 'ping', n }))
    return pongs - before
  }
  const ignored = async (): Promise<number> =>
    Number(/^jitasa_messages_ignored_total (\d+)/m.exec(await registry.metrics())?.[1])
  const wait = (ms: number): void => {
    now += ms
  }
  return { talk, closed, ignored, wait }
}

const SOCKETS = Math.ceil(SHARED_MESSAGES_BURST / MESSAGES_BURST) + 10
const many = (viewer: (i: number) => Viewer): Viewer[] => Array.from({ length: SOCKETS }, (_, i) => viewer(i))
const of = (address: string, account?: string): Viewer => ({
  address,
  pass: account === undefined ? null : ({ grant: { account } } as Pass),
})

it.each([
  ['address', () => of('10.0.0.9'), of('10.0.0.9'), of('10.0.0.8')],
  ['account', (i: number) => of(`10.0.${i >> 8}.${i & 255}`, 'a'), of('10.1.0.1', 'a'), of('10.1.0.2', 'b')],
] as const)(
  '[S7] what all sockets of one %s say is bounded; nobody is closed for it, and others are heard',
  async (_, viewer, same, other) => {
    const { talk, closed, ignored, wait } = start()
    const heard = many(viewer).reduce((sum, each) => sum + talk(each), 0)
    expect(heard).toBe(SHARED_MESSAGES_BURST)
    expect(await ignored()).toBe(SOCKETS * MESSAGES_BURST - SHARED_MESSAGES_BURST)
    expect(talk(other)).toBe(MESSAGES_BURST)
    expect(closed).toEqual([])
    wait(10)
    expect(talk(same)).toBe(SHARED_MESSAGES_PER_SECOND / 100)
  },
)
