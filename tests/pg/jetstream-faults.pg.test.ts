import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { runElected } from '../../hub/source/jetstream/election.ts'
import { FoldingClient } from '../fanout/workers-client.ts'
import { type FleetHub, startFeederProcess, startFleetHub } from '../support/fleet.ts'
import { followNats, startFeeder } from '../support/followed.ts'
import { type Nats, natsServer, startNats } from '../support/nats.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const WAIT = { timeout: 120_000, interval: 10 }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(`update operation set day = '2021-11-11', kind = 'replay'`)
})
afterAll(() => database.drop())

const CASE = `insert into cases (district, report_day, classification, severity, source)
  select '5001', day, 'confirmed', 'red', 'api' from operation`

async function casesOf(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from cases where district = '5001'`,
  )
  return rows[0]!.n
}

/** Commits one case after the other until it is told to end. @returns how many */
function writing(): { stop(): Promise<number> } {
  let ended = false
  let written = 0
  const running = (async () => {
    while (!ended) {
      await database.pool.query(CASE)
      written++
    }
  })()
  return {
    async stop() {
      ended = true
      await running
      return written
    },
  }
}

describe.skipIf(natsServer === undefined)('three NATS servers, each message on all of them', () => {
  it('one is killed while cases are written, and comes back: nothing is lost or doubled', async () => {
    const nats = await startNats({ nodes: 3 })
    onTestFinished(() => nats.stop())
    const feeder = startFeeder(database, nats.bus('feeder'), { replicas: 3, snapshotMs: 1000 })
    onTestFinished(() => feeder.stop())
    const hubs = [0, 1, 2].map((i) => followNats(['nation', 'province:50'], nats.bus(`hub ${i}`)))
    onTestFinished(() => Promise.all(hubs.map((hub) => hub.stop())).then(() => undefined))
    await vi.waitUntil(() => hubs.every(({ source }) => source.state().kind === 'streaming'), WAIT)
    /** Whoever is a case ahead of what was counted has it from a writer that goes on. */
    const level = async () => {
      const cases = await casesOf()
      await vi.waitUntil(() => hubs.every(({ situation }) => situation.cell('cases.total', '5001') >= cases), WAIT)
    }
    for (const node of nats.nodes) {
      const writer = writing()
      try {
        await node.kill('SIGKILL')
        await level()
        await node.start()
      } finally {
        expect(await writer.stop()).toBeGreaterThan(0)
      }
      await level()
      for (const hub of hubs) await hub.equalsSql(database)
    }
  }, 400_000)
})

describe.skipIf(natsServer === undefined)('a fleet', () => {
  let nats: Nats
  let screens: FleetHub
  let wall: FoldingClient
  beforeAll(async () => {
    nats = await startNats()
    screens = await startFleetHub(nats, undefined, { API_ORIGIN: 'http://127.0.0.1:1' })
    wall = new FoldingClient(`${screens.url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, ['nation', 'public:50'])
  }, 60_000)
  afterAll(async () => {
    wall.stop()
    await screens.hub.stop(0)
    await nats.stop()
  })

  const ready = async () => (await fetch(`${screens.url}/readyz`)).ok
  const level = async () => {
    const cases = await casesOf()
    await vi.waitUntil(() => screens.hub.situation.cell('cases.total', '5001') === cases, WAIT)
    await vi.waitUntil(() => wall.live && wall.scopes.get('nation')?.position === screens.hub.situation.position, WAIT)
    await vi.waitUntil(ready, WAIT)
  }

  it('its leading feeder is killed: the one that stood by goes on, and walls go on by delta', async () => {
    const feeders = await Promise.all([startFeederProcess(database, nats), startFeederProcess(database, nats)])
    onTestFinished(() => Promise.all(feeders.map((each) => each.kill('SIGKILL'))).then(() => undefined))
    await vi.waitUntil(ready, WAIT)
    await database.pool.query(CASE)
    await level()
    const states = await Promise.all(feeders.map(async ({ url }) => (await fetch(`${url}/readyz`)).json()))
    expect(states.map(({ leads }) => leads).sort()).toEqual([false, true])
    expect(states.map((state) => state.ready)).toEqual([true, true])
    const leader = feeders[states.findIndex(({ leads }) => leads)]!
    const other = feeders.find((each) => each !== leader)!
    expect(await (await fetch(`${leader.url}/metrics`)).text()).toMatch(/^jitasa_feeder_leads 1$/m)
    const writer = writing()
    try {
      await leader.kill('SIGKILL')
      await vi.waitUntil(async () => (await (await fetch(`${other.url}/readyz`)).json()).leads, WAIT)
    } finally {
      await writer.stop()
    }
    await level()
    expect([wall.gaps, wall.mismatches, wall.outages.length]).toEqual([0, 0, 0])
  }, 300_000)

  it('its leading feeder hangs: half a minute later the one that stood by leads, and the other one ends its lead when it wakes', async () => {
    const feeders = await Promise.all([startFeederProcess(database, nats), startFeederProcess(database, nats)])
    onTestFinished(() => Promise.all(feeders.map((each) => each.kill('SIGKILL'))).then(() => undefined))
    await vi.waitUntil(ready, WAIT)
    await database.pool.query(CASE)
    await level()
    const leads = async ({ url }: (typeof feeders)[number]) => (await (await fetch(`${url}/readyz`)).json()).leads
    const [first] = await Promise.all(feeders.map(leads))
    const [leader, other] = first ? feeders : feeders.toReversed()
    leader!.child.kill('SIGSTOP')
    try {
      await vi.waitUntil(async () => !(await ready()), WAIT)
      await database.pool.query(CASE)
      await vi.waitUntil(() => leads(other!), WAIT)
      await level()
    } finally {
      leader!.child.kill('SIGCONT')
    }
    await vi.waitUntil(async () => !(await leads(leader!)), WAIT)
    await database.pool.query(CASE)
    await level()
    expect([await leads(other!), wall.gaps, wall.mismatches]).toEqual([true, 0, 0])
  }, 300_000)

  it('NATS is lost: screens are told so, and are level again by delta when it is back', async () => {
    const feeder = startFeeder(database, nats.bus('feeder'))
    onTestFinished(() => feeder.stop())
    const fold = followNats(['nation'], nats.bus('fold'))
    onTestFinished(() => fold.stop())
    await database.pool.query(CASE)
    await level()
    await vi.waitUntil(() => fold.situation.position === screens.hub.situation.position, WAIT)
    const snapshots = fold.snapshots()
    const { since } = screens.hub.source.state()
    await nats.nodes[0]!.kill('SIGKILL')
    await vi.waitUntil(() => screens.hub.source.state().kind === 'broken', WAIT)
    expect(screens.hub.source.state().since).toBeGreaterThan(since)
    expect(await (await fetch(`${screens.url}/readyz`)).json()).toMatchObject({
      ready: false,
      why: expect.stringContaining('NATS'),
    })
    await database.pool.query(CASE)
    await nats.nodes[0]!.start()
    await level()
    expect([wall.gaps, wall.mismatches, wall.outages.length]).toEqual([0, 0, 0])
    await vi.waitUntil(() => fold.situation.position === screens.hub.situation.position, WAIT)
    expect(fold.snapshots()).toBe(snapshots)
  }, 300_000)

  it('NATS hangs: that is noticed too', async () => {
    const feeder = startFeeder(database, nats.bus('feeder'))
    onTestFinished(() => feeder.stop())
    await database.pool.query(CASE)
    await level()
    nats.nodes[0]!.signal('SIGSTOP')
    try {
      await vi.waitUntil(async () => !(await ready()), WAIT)
    } finally {
      nats.nodes[0]!.signal('SIGCONT')
    }
    await database.pool.query(CASE)
    await level()
  }, 300_000)

  it('NATS is killed, or hangs, while nothing changes: screens are live again without a commit', async () => {
    const feeder = startFeeder(database, nats.bus('feeder'))
    onTestFinished(() => feeder.stop())
    await database.pool.query(CASE)
    await level()
    const [node] = nats.nodes
    await node!.kill('SIGKILL')
    await vi.waitUntil(async () => !(await ready()), WAIT)
    await node!.start()
    await level()
    node!.signal('SIGSTOP')
    try {
      await vi.waitUntil(async () => !(await ready()), WAIT)
    } finally {
      node!.signal('SIGCONT')
    }
    await level()
    expect([wall.gaps, wall.mismatches]).toEqual([0, 0])
  }, 300_000)

  it('NATS comes back empty while nothing changes: the feeder ends, and another life of it fills it anew', async () => {
    const feeder = startFeeder(database, nats.bus('feeder'))
    onTestFinished(() => feeder.stop())
    await database.pool.query(CASE)
    await level()
    const [node] = nats.nodes
    await node!.kill('SIGKILL')
    await node!.wipe()
    await node!.start()
    await expect(feeder.ended).resolves.toMatchObject({ name: 'Overtaken' })
    await feeder.stop()
    const next = startFeeder(database, nats.bus('feeder'))
    onTestFinished(() => next.stop())
    await level()
  }, 300_000)
})

it('of feeders one leads; one that is not heard any more is ended, and another one leads', async () => {
  const log: string[] = []
  const stopping = new AbortController()
  let stuck = false
  const run = (name: string) =>
    runElected(
      {
        url: database.hubUrl,
        logger: createLogger('silent'),
        stuck: () => stuck,
        lead: (lost) =>
          new Promise((resolve) => {
            log.push(`${name} leads`)
            if (name === 'b') stuck = false
            lost.addEventListener('abort', () => {
              log.push(`${name} ends`)
              resolve()
            })
          }),
      },
      stopping.signal,
    )
  const first = run('a')
  await vi.waitUntil(() => log.length === 1, WAIT)
  const second = run('b')
  stuck = true
  await vi.waitUntil(() => log.includes('b leads'), WAIT)
  expect(log[0]).toBe('a leads')
  expect(log).toContain('a ends')
  stopping.abort()
  await Promise.all([first, second])
}, 300_000)
