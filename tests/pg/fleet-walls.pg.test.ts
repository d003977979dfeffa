import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type FleetWalls, startFleetWalls } from '../../hub/process/fleet-walls.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { type Nats, natsServer, startNats } from '../support/nats.ts'

const WAIT = { timeout: 30_000, interval: 20 }
const QUESTION = { kind: 'reports', now: false } as const

async function startNode(): Promise<Nats> {
  const nats = await startNats()
  onTestFinished(() => nats.stop())
  return nats
}

type Named = { readonly name: string; readonly walls?: readonly string[]; readonly now?: () => number }

/** A hub of a fleet as others see it, with these walls; alone it says of each that it was asked without NATS. */
function startHub(nats: Nats, { name, walls = [`a wall of ${name}`], now = () => 0 }: Named): FleetWalls {
  const hub = startFleetWalls({
    ...{ bus: nats.bus(name), logger: createLogger('silent'), now, name, onTaken: undefined },
    answer: async () => walls,
    alone: async () => walls.map((wall) => `${wall}, alone`),
  })
  onTestFinished(() => hub.stop())
  return hub
}

const heard = (hub: FleetWalls, walls: readonly string[]) =>
  vi.waitUntil(async () => (await hub.ask(QUESTION)).walls.length === walls.length, WAIT)

describe.skipIf(natsServer === undefined)('the walls of a fleet', () => {
  it('a hub that does not answer is named, until one of its name answers or an hour has gone', async () => {
    const nats = await startNode()
    let nowMs = 0
    const asking = startHub(nats, { name: 'north', now: () => nowMs })
    const south = startHub(nats, { name: 'south' })
    const walls = ['a wall of west']
    const west = startHub(nats, { name: 'west', walls })
    await heard(asking, ['north', 'south', 'west'])
    // Without any wall it has answered too.
    walls.pop()
    expect(await asking.ask(QUESTION)).toMatchObject({ walls: { length: 2 }, silent: [] })
    await Promise.all([south.stop(), west.stop()])
    expect(await asking.ask(QUESTION)).toEqual({ walls: ['a wall of north'], silent: ['south', 'west'] })
    const again = startHub(nats, { name: 'south' })
    await heard(asking, ['north', 'south'])
    expect((await asking.ask(QUESTION)).silent).toEqual(['west'])
    await again.stop()
    nowMs = 3_600_001
    expect((await asking.ask(QUESTION)).silent).toEqual([])
  }, 60_000)

  it('NATS ends while it asks: its own walls are told, and the others are named', async () => {
    const nats = await startNode()
    const asking = startHub(nats, { name: 'north' })
    startHub(nats, { name: 'south' })
    await heard(asking, ['north', 'south'])
    const asked = asking.ask(QUESTION)
    await sleep(50)
    await nats.nodes[0]!.kill('SIGKILL')
    const alone = { walls: ['a wall of north, alone'], silent: ['south'] }
    expect(await asked).toEqual(alone)
    expect(await asking.ask(QUESTION)).toEqual(alone)
    await nats.nodes[0]!.start()
    await heard(asking, ['north', 'south'])
    expect((await asking.ask(QUESTION)).silent).toEqual([])
  }, 60_000)
})
